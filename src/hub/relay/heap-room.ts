import { getHeapStatistics } from 'node:v8';

/** The share of the heap that documents may take; the rest is for what comes and goes. */
const SHARE = 0.7;

/**
 * How many bytes of memory the relay may still take, by V8's own limit for this process. Byte arrays
 * lie outside V8's heap, and count all the same.
 */
export function heapRoom(): number {
  const {
    heap_size_limit: limit,
    used_heap_size: used,
    external_memory: external,
  } = getHeapStatistics();
  return limit * SHARE - used - external;
}
