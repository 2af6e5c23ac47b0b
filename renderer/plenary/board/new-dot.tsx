import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useT } from '../../shared/messages.tsx';
import { usePlenary } from '../plenary-context.ts';
import styles from './recommendation-card.module.css';

/** In sight for this long counts as seen. */
const SEEN_AFTER_MS = 4000;

/** A quiet mark on what came after the screen was opened; gone once it has been in sight. */
export function NewDot({ cardKey }: { readonly cardKey: string }) {
  const { seen } = usePlenary();
  const isSeen = useStore(seen.keys, (keys) => keys.has(cardKey));
  return isSeen ? null : <Unseen cardKey={cardKey} />;
}

function Unseen({ cardKey }: { readonly cardKey: string }) {
  const t = useT();
  const { seen } = usePlenary();
  const dot = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (dot.current === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const watch = new IntersectionObserver(([entry]) => {
      clearTimeout(timer);
      if (entry?.isIntersecting === true)
        timer = setTimeout(() => seen.mark(cardKey), SEEN_AFTER_MS);
    });
    watch.observe(dot.current);
    return () => {
      watch.disconnect();
      clearTimeout(timer);
    };
  }, [seen, cardKey]);
  return (
    <span className={styles['new']} ref={dot}>
      {t('plenary.new')}
    </span>
  );
}
