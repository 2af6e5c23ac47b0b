/** First in, first out. An array's own `shift` moves all the rest once it has grown long. */
export interface Fifo<T> {
  push(item: T): void;
  /** The one that has waited longest. */
  first(): T | undefined;
  shift(): T | undefined;
  /** Forgets all but the first so many. */
  keep(count: number): readonly T[];
  size(): number;
}

/** So many empty places at the front are not worth tidying up. */
const TIDY = 1024;

export function createFifo<T>(): Fifo<T> {
  let items: T[] = [];
  let begin = 0;

  return {
    push: (item) => void items.push(item),
    first: () => items[begin],
    shift() {
      const item = items[begin];
      if (begin < items.length) begin += 1;
      if (begin >= TIDY && begin * 2 >= items.length) {
        items = items.slice(begin);
        begin = 0;
      }
      return item;
    },
    keep: (count) => items.splice(begin + count),
    size: () => items.length - begin,
  };
}
