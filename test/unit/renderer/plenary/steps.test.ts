import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { slideAfter, slideId, slidesOf } from '../../../../renderer/plenary/projector/slides.ts';
import { takeBackNewest } from '../../../../renderer/plenary/take-back.ts';
import type { DeviceId } from '../../../../src/core/session/ids.ts';
import { openPlanDocument } from '../../../../src/core/session/plan-document.ts';
import { plan, proposal } from '../../../fixtures/read-model.ts';

describe('taking back the step just made', () => {
  function openPlan() {
    let ids = 0;
    return openPlanDocument(new Y.Doc(), {
      deviceId: 'laptop' as DeviceId,
      now: () => 1,
      newId: () => `id${(ids += 1)}`,
    });
  }

  it('undoes it while it is the newest', () => {
    const document = openPlan();
    document.rename('Before');
    document.rename('After');
    const takeBack = takeBackNewest(document.history);
    expect(takeBack()).toBe(true);
    expect(document.view.snapshot().title).toBe('Before');
  });

  it('leaves a later step alone', () => {
    const document = openPlan();
    document.rename('First');
    const takeBack = takeBackNewest(document.history);
    document.rename('Second');
    expect(takeBack()).toBe(false);
    expect(document.view.snapshot().title).toBe('Second');
  });
});

describe('the projector', () => {
  const slides = slidesOf(plan({ proposals: [proposal('p', 'One'), proposal('q', 'Two')] }));

  it('shows what runs, then the proposals, and stops at both ends', () => {
    expect(slides.map(slideId)).toEqual(['segment', 'p', 'q']);
    expect(slideAfter(slides, 'segment', 1)).toBe('p');
    expect(slideAfter(slides, 'q', 1)).toBe('q');
    expect(slideAfter(slides, 'segment', -1)).toBe('segment');
  });

  it('goes back to what runs where the proposal shown was deleted', () => {
    expect(slideAfter(slides, 'gone', 1)).toBe('segment');
  });
});
