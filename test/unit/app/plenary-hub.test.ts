import { describe, expect, it } from 'vitest';
import { isPlenaryHub } from '../../../src/browser/app/plenary-hub.ts';

describe("the plenary laptop's hub", () => {
  it('is the one whose key the ticket names, and no other at its address', () => {
    const record = { hubId: 'the-plenary-laptop' };
    expect(isPlenaryHub(record, { plenary: true }, 'the-plenary-laptop')).toBe(true);
    expect(isPlenaryHub(record, { plenary: true }, 'a-group')).toBe(false);
    expect(isPlenaryHub(record, { plenary: true }, null)).toBe(false);
    expect(isPlenaryHub(record, { plenary: false }, 'a-group')).toBe(false);
  });

  it('is taken at its word where the ticket names none', () => {
    for (const record of [{}, { hubId: null }]) {
      expect(isPlenaryHub(record, { plenary: true }, 'somebody')).toBe(true);
      expect(isPlenaryHub(record, { plenary: false }, 'somebody')).toBe(false);
    }
  });
});
