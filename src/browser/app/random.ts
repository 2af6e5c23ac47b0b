import { toBase64Url } from '../../core/protocol/base64url.ts';

export const randomBytes = (length: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(length));

/** 96 random bits as 16 characters: unique among all laptops of all sessions. */
export const newId = (): string => toBase64Url(randomBytes(12));
