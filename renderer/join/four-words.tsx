import styles from './four-words.module.css';

export interface FourWordsProps {
  readonly words: readonly string[];
  /** What they are called; read out before them. */
  readonly label: string;
  readonly size?: 'small' | 'large';
}

/** The words that two people compare, each of them large enough to be read across a table. */
export function FourWords({ words, label, size = 'large' }: FourWordsProps) {
  return (
    <p className={styles[size]} role="group" aria-label={label}>
      {words.map((word, place) => (
        // The same word may come twice.
        <bdi key={words.slice(0, place + 1).join(' ')} className={styles['word']}>
          {word}
        </bdi>
      ))}
    </p>
  );
}
