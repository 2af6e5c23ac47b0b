/** What happens at a time; of two at the same time the one that was planned first. */
export interface Planned {
  readonly at: number;
  readonly order: number;
}

const isBefore = (a: Planned, b: Planned): boolean =>
  a.at !== b.at ? a.at < b.at : a.order < b.order;

/** A binary heap. */
export class EventQueue<T extends Planned> {
  private readonly heap: T[] = [];

  get size(): number {
    return this.heap.length;
  }
  peek(): T | undefined {
    return this.heap[0];
  }
  add(item: T): void {
    const { heap } = this;
    let at = heap.length;
    heap.push(item);
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isBefore(item, parent)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = item;
  }
  take(): T | undefined {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return first;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      let child = heap[below];
      const right = heap[below + 1];
      if (child === undefined) break;
      if (right !== undefined && isBefore(right, child)) {
        child = right;
        below += 1;
      }
      if (!isBefore(child, last)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
    return first;
  }
  items(): readonly T[] {
    return this.heap;
  }
}
