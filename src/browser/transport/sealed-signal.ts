import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as v from 'valibot';

/**
 * What laptops tell each other, through a hub that cannot read it, on the way to a direct
 * connection: that one is here, and simple-peer's offers, answers and candidates.
 */
const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64));
const signalSchema = v.variant('type', [
  v.object({
    type: v.literal('announce'),
    from: id,
    /** Only for this laptop; for everybody where it is missing. */
    to: v.optional(id),
    /** Whom the sender has, or is about to have, a connection to. */
    has: v.pipe(v.array(id), v.maxLength(64)),
  }),
  v.object({
    type: v.literal('signal'),
    from: id,
    to: id,
    signal: v.looseObject({ type: v.optional(v.pipe(v.string(), v.maxLength(32))) }),
  }),
]);
export type Signal = v.InferOutput<typeof signalSchema>;

const NONCE_BYTES = 12;

/** Sealed by AES-GCM with the key that y-webrtc derives from the document's direct password. */
export async function sealSignal(signal: object, key: CryptoKey): Promise<Uint8Array> {
  const plain = encoding.encode((encoder) => encoding.writeAny(encoder, { ...signal }));
  const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new Uint8Array(plain));
  const bytes = new Uint8Array(NONCE_BYTES + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), NONCE_BYTES);
  return bytes;
}

/** Null where somebody else sealed it, or where it says nothing that we know. */
export async function openSignal(bytes: Uint8Array, key: CryptoKey): Promise<Signal | null> {
  try {
    const iv = new Uint8Array(bytes.subarray(0, NONCE_BYTES));
    const sealed = new Uint8Array(bytes.subarray(NONCE_BYTES));
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, sealed);
    const read = v.safeParse(
      signalSchema,
      decoding.readAny(decoding.createDecoder(new Uint8Array(plain))),
    );
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}
