import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as v from 'valibot';

/**
 * What the app and the vault of its own laptop's hub say to each other, over a WebSocket at
 * `VAULT_PATH`. Messages are binary and go in parts (`vault-parts.ts`). Every request is answered
 * once, under its number.
 *
 * The vault knows a document's updates by their content: the SHA-256 of an update is its name. So
 * either side can tell what the other lacks, whichever of them has lost something, and the same
 * update sent twice is one.
 */
export const VAULT_PATH = '/vault';

/** As for every file that the app takes in. */
const MAX_UPDATE_BYTES = 256 * 1024 * 1024;
/** An update and all that may stand beside it. */
export const MAX_VAULT_MESSAGE_BYTES = MAX_UPDATE_BYTES + 64 * 1024 * 1024;
const MAX_HASHES = 1_000_000;
const MAX_RECORD_CHARACTERS = 1024 * 1024;
const MAX_DOCUMENTS = 10_000;
const HASH_BYTES = 32;

/** Why there is no second copy at the moment. */
const vaultFaults = ['absent', 'no-space', 'damaged', 'blocked'] as const;
export type VaultFault =
  /** This hub keeps no vault at all. */
  | 'absent'
  | 'no-space'
  /** Its file was damaged and has just been set aside, or could not be. */
  | 'damaged'
  /** The folder may not be written, or another Caucus has the file. */
  | 'blocked';

const bytesOf = (fits: (length: number) => boolean) =>
  v.custom<Uint8Array>((value) => value instanceof Uint8Array && fits(value.length));
const number = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const documentId = v.pipe(v.string(), v.regex(/^[\w-]{43}$/u));
const recordKey = v.pipe(v.string(), v.regex(/^[a-z]{1,16}(?::[\w-]{1,64})?$/u));
const update = bytesOf((length) => length > 0 && length <= MAX_UPDATE_BYTES);
const hashes = v.pipe(v.array(bytesOf((length) => length === HASH_BYTES)), v.maxLength(MAX_HASHES));
const text = v.pipe(v.string(), v.maxLength(MAX_RECORD_CHARACTERS));

const requestSchema = v.variant('type', [
  /** Everything but the updates: the records, and how many updates there are of each document. */
  v.object({ type: v.literal('summary'), request: number }),
  /** The names of a document's updates. */
  v.object({ type: v.literal('hashes'), request: number, documentId }),
  /** A document's updates, oldest first. */
  v.object({ type: v.literal('read'), request: number, documentId }),
  /** Answered once the disk has it. */
  v.object({ type: v.literal('append'), request: number, documentId, update }),
  /** Puts `update` in the place of the updates named, which it must say all of. */
  v.object({ type: v.literal('compact'), request: number, documentId, replaces: hashes, update }),
  /** Keeps a text under a key, in place of the one before. */
  v.object({ type: v.literal('put'), request: number, key: recordKey, text }),
  /** Forgets a record and documents, because a person took them off this laptop. */
  v.object({
    type: v.literal('forget'),
    request: number,
    key: recordKey,
    documentIds: v.pipe(v.array(documentId), v.maxLength(MAX_DOCUMENTS)),
  }),
]);
export type VaultRequest = v.InferOutput<typeof requestSchema>;

const replySchema = v.variant('type', [
  v.object({ type: v.literal('done'), request: number }),
  v.object({ type: v.literal('failed'), request: number, reason: v.picklist(vaultFaults) }),
  v.object({
    type: v.literal('summary'),
    request: number,
    records: v.array(v.tuple([v.string(), text])),
    documents: v.array(v.tuple([documentId, number])),
  }),
  v.object({ type: v.literal('hashes'), request: number, hashes }),
  v.object({ type: v.literal('updates'), request: number, updates: v.array(update) }),
]);
export type VaultReply = v.InferOutput<typeof replySchema>;

/** The place of a name in these lists is its number in a message: new ones go last. */
const requestTypes = ['summary', 'hashes', 'read', 'append', 'compact', 'put', 'forget'] as const;
const replyTypes = ['done', 'failed', 'summary', 'hashes', 'updates'] as const;

function writeList<Item>(
  encoder: encoding.Encoder,
  items: readonly Item[],
  write: (item: Item) => void,
): void {
  encoding.writeVarUint(encoder, items.length);
  items.forEach(write);
}
/** Reads until the message ends early, if it lies about its length: nothing is reserved for it. */
function readList<Item>(decoder: decoding.Decoder, read: () => Item): Item[] {
  const length = decoding.readVarUint(decoder);
  const items: Item[] = [];
  while (items.length < length) items.push(read());
  return items;
}

export function encodeVaultRequest(request: VaultRequest): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, requestTypes.indexOf(request.type));
  encoding.writeVarUint(encoder, request.request);
  const writeText = (text: string): void => encoding.writeVarString(encoder, text);
  const writeBytes = (part: Uint8Array): void => encoding.writeVarUint8Array(encoder, part);
  switch (request.type) {
    case 'summary':
      break;
    case 'hashes':
    case 'read':
      writeText(request.documentId);
      break;
    case 'append':
      writeText(request.documentId);
      writeBytes(request.update);
      break;
    case 'compact':
      writeText(request.documentId);
      writeList(encoder, request.replaces, writeBytes);
      writeBytes(request.update);
      break;
    case 'put':
      writeText(request.key);
      writeText(request.text);
      break;
    case 'forget':
      writeText(request.key);
      writeList(encoder, request.documentIds, writeText);
      break;
  }
  return encoding.toUint8Array(encoder);
}

export function encodeVaultReply(reply: VaultReply): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, replyTypes.indexOf(reply.type));
  encoding.writeVarUint(encoder, reply.request);
  const writeBytes = (part: Uint8Array): void => encoding.writeVarUint8Array(encoder, part);
  switch (reply.type) {
    case 'done':
      break;
    case 'failed':
      encoding.writeVarString(encoder, reply.reason);
      break;
    case 'summary':
      writeList(encoder, reply.records, ([key, text]) => {
        encoding.writeVarString(encoder, key);
        encoding.writeVarString(encoder, text);
      });
      writeList(encoder, reply.documents, ([id, count]) => {
        encoding.writeVarString(encoder, id);
        encoding.writeVarUint(encoder, count);
      });
      break;
    case 'hashes':
      writeList(encoder, reply.hashes, writeBytes);
      break;
    case 'updates':
      writeList(encoder, reply.updates, writeBytes);
      break;
  }
  return encoding.toUint8Array(encoder);
}

function readRequest(decoder: decoding.Decoder): unknown {
  const type = requestTypes[decoding.readVarUint(decoder)];
  const request = decoding.readVarUint(decoder);
  const readText = (): string => decoding.readVarString(decoder);
  const readBytes = (): Uint8Array => decoding.readVarUint8Array(decoder);
  switch (type) {
    case 'hashes':
    case 'read':
      return { type, request, documentId: readText() };
    case 'append':
      return { type, request, documentId: readText(), update: readBytes() };
    case 'compact': {
      const id = readText();
      const replaces = readList(decoder, readBytes);
      return { type, request, documentId: id, replaces, update: readBytes() };
    }
    case 'put':
      return { type, request, key: readText(), text: readText() };
    case 'forget':
      return { type, request, key: readText(), documentIds: readList(decoder, readText) };
    case 'summary':
    case undefined:
      break;
  }
  return { type, request };
}

function readReply(decoder: decoding.Decoder): unknown {
  const type = replyTypes[decoding.readVarUint(decoder)];
  const request = decoding.readVarUint(decoder);
  const readText = (): string => decoding.readVarString(decoder);
  const readBytes = (): Uint8Array => decoding.readVarUint8Array(decoder);
  switch (type) {
    case 'failed':
      return { type, request, reason: readText() };
    case 'summary': {
      const records = readList(decoder, () => [readText(), readText()]);
      const documents = readList(decoder, () => [readText(), decoding.readVarUint(decoder)]);
      return { type, request, records, documents };
    }
    case 'hashes':
      return { type, request, hashes: readList(decoder, readBytes) };
    case 'updates':
      return { type, request, updates: readList(decoder, readBytes) };
    case 'done':
    case undefined:
      break;
  }
  return { type, request };
}

function decode<Message>(
  message: Uint8Array,
  read: (decoder: decoding.Decoder) => unknown,
  schema: v.GenericSchema<unknown, Message>,
): Message | null {
  const decoder = decoding.createDecoder(message);
  let found: unknown;
  try {
    found = read(decoder);
  } catch {
    // lib0 says by exception that a message ends early or holds no number or text where one belongs.
    return null;
  }
  const result = v.safeParse(schema, found);
  return result.success && !decoding.hasContent(decoder) ? result.output : null;
}

/** Null where this is no request. */
export const decodeVaultRequest = (message: Uint8Array): VaultRequest | null =>
  decode(message, readRequest, requestSchema);

/** Null where this is no reply. */
export const decodeVaultReply = (message: Uint8Array): VaultReply | null =>
  decode(message, readReply, replySchema);
