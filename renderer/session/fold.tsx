import { type ReactNode, useEffect, useRef, useState } from 'react';
import { FoldButton } from '../plenary/fold-button.tsx';
import styles from './session-status.module.css';

export interface FoldProps {
  readonly title: string;
  /** Whether it is open when it appears; from then on a person decides. */
  readonly openFirst: boolean;
  /** When this changes, as an answer to a press, what is below the title is brought into sight. */
  readonly answer?: boolean;
  readonly children: ReactNode;
}

/** A part of the status that is seldom needed: its title, and below it the rest when it is pressed. */
export function Fold({ title, openFirst, answer = false, children }: FoldProps) {
  const [open, setOpen] = useState(openFirst);
  const place = useRef<HTMLElement>(null);
  const shown = useRef({ open, answer });
  useEffect(() => {
    const turned = shown.current.open !== open || shown.current.answer !== answer;
    shown.current = { open, answer };
    if (turned && open) place.current?.scrollIntoView({ block: 'nearest' });
  }, [open, answer]);
  return (
    <section ref={place} className={styles['section']}>
      <h3 className={styles['heading']}>
        <FoldButton open={open} onToggle={() => setOpen(!open)}>
          {title}
        </FoldButton>
      </h3>
      {open && children}
    </section>
  );
}
