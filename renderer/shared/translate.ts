import { IntlMessageFormat } from 'intl-messageformat';
import type english from '../messages/en.json';

export type MessageKey = keyof typeof english.messages;
export type MessageValues = Readonly<Record<string, string | number>>;

/** One language: a file in renderer/messages. The messages are ICU MessageFormat. */
export interface MessageFile {
  /** BCP 47: "en". */
  readonly language: string;
  readonly direction: string;
  readonly messages: Readonly<Record<MessageKey, string>>;
}

/** The text of a message; throws where a value that the message needs is not given. */
export type Translate = (key: MessageKey, values?: MessageValues) => string;

export function createTranslate(file: MessageFile): Translate {
  const formats = new Map<MessageKey, IntlMessageFormat>();
  return (key, values) => {
    let format = formats.get(key);
    if (format === undefined) {
      format = new IntlMessageFormat(file.messages[key], file.language, undefined, {
        ignoreTag: true,
      });
      formats.set(key, format);
    }
    return String(format.format(values));
  };
}
