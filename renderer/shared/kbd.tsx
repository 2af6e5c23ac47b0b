import { classes } from './classes.ts';
import { isMac, keyNames } from './keys.ts';
import styles from './kbd.module.css';

interface KbdProps {
  /** "Mod+Enter", "Alt+A", "Shift+Enter": see `keyNames`. */
  readonly keys: string;
  /** On a filled button. */
  readonly inverse?: boolean;
  /** Read out too: where the key is the content and not a hint. */
  readonly spoken?: boolean;
}

/** A key beside what it triggers. Hidden from screen readers, which say `aria-keyshortcuts`. */
export function Kbd({ keys, inverse = false, spoken = false }: KbdProps) {
  return (
    <span className={classes(styles['keys'], inverse && styles['inverse'])} aria-hidden={!spoken}>
      {keyNames(keys, isMac()).map((name) => (
        <kbd key={name} className={styles['key']}>
          {name}
        </kbd>
      ))}
    </span>
  );
}
