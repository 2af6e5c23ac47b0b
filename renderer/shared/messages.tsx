import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { createTranslate, type MessageFile, type Translate } from './translate.ts';

interface Spoken {
  readonly language: string;
  readonly t: Translate;
}

const SpokenContext = createContext<Spoken | null>(null);

function useSpoken(): Spoken {
  const spoken = useContext(SpokenContext);
  if (spoken === null) throw new Error('Messages are used outside of MessagesProvider');
  return spoken;
}

/** `t('key', values)`: the text of a message in the language of the screen. */
export const useT = (): Translate => useSpoken().t;
/** The language of the screen, for Intl: "en". */
export const useLanguage = (): string => useSpoken().language;

/** Gives the screen its language and its direction, React Aria's own texts included. */
export function MessagesProvider(props: {
  readonly file: MessageFile;
  readonly children: ReactNode;
}) {
  const { file, children } = props;
  const spoken = useMemo(() => ({ language: file.language, t: createTranslate(file) }), [file]);
  useEffect(() => {
    document.documentElement.lang = file.language;
    document.documentElement.dir = file.direction;
  }, [file]);
  return (
    <SpokenContext value={spoken}>
      <I18nProvider locale={file.language}>{children}</I18nProvider>
    </SpokenContext>
  );
}
