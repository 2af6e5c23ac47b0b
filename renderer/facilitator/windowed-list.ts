import { createStore, type StoreApi } from 'zustand/vanilla';
import { itemAt, offsetsOf, type Slice, sliceOf } from './window-layout.ts';

export interface WindowedState extends Slice {
  /** How many items have come below since the end was last in sight. */
  readonly unseen: number;
}

/**
 * A long list of which only what is in sight is drawn. It stays at its end while a person has not
 * scrolled away from it, and what is in sight stays where it is when anything else changes.
 */
export interface WindowedList {
  readonly state: StoreApi<WindowedState>;
  /** Takes over the element that scrolls; returns how to let go. */
  attach(scroller: HTMLElement): () => void;
  /** The items in order; `estimate` guesses the height of one that has not been drawn yet. */
  setItems(ids: readonly string[], estimate: (index: number) => number): void;
  /** Has an item's real height followed; returns how to stop. */
  measure(id: string, element: HTMLElement): () => void;
  /** To be called once a state has been drawn. */
  drawn(state: WindowedState): void;
  /** Scrolls as little as is needed to have the item in sight. */
  reveal(index: number): void;
  scrollToEnd(): void;
}

const SPARE_ITEMS = 8;
/** So near to the end counts as at the end. Pixels. */
const NEAR_END = 32;

export function createWindowedList(): WindowedList {
  const state = createStore<WindowedState>(() => ({
    first: 0,
    end: 0,
    before: 0,
    after: 0,
    unseen: 0,
  }));
  const heights = new Map<string, number>();
  const elements = new Map<Element, string>();
  let ids: readonly string[] = [];
  let estimate: (index: number) => number = () => 0;
  let offsets: readonly number[] = [0];
  let scroller: HTMLElement | null = null;
  let top = 0;
  let atEnd = true;
  let lastSeen: string | undefined;
  /** Where to scroll once the new state has been drawn. */
  let scrollWhenDrawn: number | null = null;

  function unseen(): number {
    if (atEnd) return 0;
    const seen = lastSeen === undefined ? -1 : ids.lastIndexOf(lastSeen);
    return seen === -1 ? 0 : ids.length - 1 - seen;
  }
  /** Returns whether there is something new to draw. */
  function publish(): boolean {
    const height = scroller?.clientHeight ?? 0;
    const end = offsets.at(-1) ?? 0;
    const from = atEnd ? Math.max(0, end - height) : top;
    const next = { ...sliceOf(offsets, from, height, SPARE_ITEMS), unseen: unseen() };
    const now = state.getState();
    const same =
      next.first === now.first &&
      next.end === now.end &&
      next.before === now.before &&
      next.after === now.after &&
      next.unseen === now.unseen;
    if (!same) state.setState(next, true);
    return !same;
  }
  /** Places all items anew; what is at the upper edge stays there. */
  function layOut(change: () => void): void {
    const anchor = ids[itemAt(offsets, top)];
    const within = top - (offsets[itemAt(offsets, top)] ?? 0);
    change();
    offsets = offsetsOf(ids.map((id, index) => heights.get(id) ?? estimate(index)));
    const place = anchor === undefined || atEnd ? -1 : ids.indexOf(anchor);
    const target = place === -1 ? top : (offsets[place] ?? 0) + within;
    if (target !== top) {
      top = target;
      scrollWhenDrawn = target;
    }
    if (!publish()) settle();
  }
  function settle(): void {
    if (scroller === null) return;
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
    else if (scrollWhenDrawn !== null) scroller.scrollTop = scrollWhenDrawn;
    scrollWhenDrawn = null;
    top = scroller.scrollTop;
  }
  function onScroll(): void {
    if (scroller === null) return;
    top = scroller.scrollTop;
    const near = scroller.scrollHeight - scroller.clientHeight - top <= NEAR_END;
    if (atEnd && !near) lastSeen = ids.at(-1);
    atEnd = near;
    publish();
  }

  /** Rows whose real heights are known by now, but are not reckoned with yet. */
  let remeasured = false;
  let frame = 0;
  function reckon(): void {
    remeasured = false;
    layOut(() => undefined);
  }
  const observer = new ResizeObserver((entries) => {
    for (const { target, borderBoxSize } of entries) {
      const id = elements.get(target);
      const height = borderBoxSize[0]?.blockSize;
      if (id === undefined || height === undefined || height === heights.get(id)) continue;
      heights.set(id, height);
    }
    // The scroller itself is watched too: the composer below it grows and shrinks. In the next
    // frame, because what is drawn anew must not be measured in the same round again.
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(reckon);
  });

  return {
    state,
    attach(element) {
      scroller = element;
      element.addEventListener('scroll', onScroll, { passive: true });
      observer.observe(element);
      publish();
      return () => {
        element.removeEventListener('scroll', onScroll);
        observer.unobserve(element);
        cancelAnimationFrame(frame);
        scroller = null;
      };
    },
    setItems(nextIds, nextEstimate) {
      layOut(() => {
        ids = nextIds;
        estimate = nextEstimate;
      });
    },
    measure(id, element) {
      elements.set(element, id);
      observer.observe(element);
      const { height } = element.getBoundingClientRect();
      if (heights.get(id) !== height) {
        heights.set(id, height);
        remeasured = true;
      }
      return () => {
        observer.unobserve(element);
        elements.delete(element);
      };
    },
    drawn(drawn) {
      if (drawn !== state.getState()) return;
      // Before anything is painted: what comes into sight has its true height at once.
      if (remeasured) reckon();
      else settle();
    },
    reveal(index) {
      if (scroller === null) return;
      const from = offsets[index] ?? 0;
      const to = offsets[index + 1] ?? from;
      const bottom = top + scroller.clientHeight;
      if (from < top) scroller.scrollTop = from;
      else if (to > bottom) scroller.scrollTop = to - scroller.clientHeight;
      else return;
      onScroll();
    },
    scrollToEnd() {
      atEnd = true;
      if (!publish()) settle();
    },
  };
}
