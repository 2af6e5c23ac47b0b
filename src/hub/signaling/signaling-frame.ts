import * as v from 'valibot';

/** The largest signaling frame: an encrypted SDP offer is 2 to 5 KB. */
export const MAX_SIGNALING_FRAME_BYTES = 64 * 1024;
/** A session has a plan and up to 40 groups, and a laptop may have a few sessions open. */
export const MAX_TOPICS = 256;

const topic = v.pipe(v.string(), v.minLength(1), v.maxLength(128));
const topics = v.pipe(v.array(topic), v.maxLength(MAX_TOPICS));

const frame = v.variant('type', [
  v.object({ type: v.literal('subscribe'), topics }),
  v.object({ type: v.literal('unsubscribe'), topics }),
  v.object({ type: v.literal('publish'), topic, data: v.unknown() }),
  v.object({ type: v.literal('ping') }),
]);

/** What a laptop says in y-webrtc's signaling protocol (y-webrtc 10.3, `bin/server.js`). */
export type SignalingFrame = v.InferOutput<typeof frame>;

/** Null where `text` is no frame of the protocol. */
export function readSignalingFrame(text: string): SignalingFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  const result = v.safeParse(frame, value);
  return result.success ? result.output : null;
}
