/** The text of UTF-8 bytes; null where they are not UTF-8. Core has no TextDecoder. */
export function utf8Decode(bytes: Uint8Array): string | null {
  try {
    // decodeURIComponent is the one UTF-8 decoder that every JavaScript has; it throws on bad bytes.
    let escaped = '';
    for (const byte of bytes) escaped += `%${byte.toString(16).padStart(2, '0')}`;
    return decodeURIComponent(escaped);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** What JSON text says, or undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
