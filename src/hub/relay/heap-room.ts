import { getHeapStatistics } from 'node:v8';

/** The share of the heap that documents may take; the rest is for what comes and goes. */
const SHARE = 0.7;

/** How many bytes of memory the relay may still take, by V8's own limit for this process. */
export function heapRoom(): number {
  const { heap_size_limit: limit, used_heap_size: used } = getHeapStatistics();
  return limit * SHARE - used;
}
