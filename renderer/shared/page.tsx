import { type ReactNode, useEffect } from 'react';
import { Link } from './link.tsx';
import { useT } from './messages.tsx';
import styles from './page.module.css';

export interface PageProps {
  readonly title: string;
  /** Shows the way back to the first screen. */
  readonly back?: boolean;
  readonly width?: 'narrow' | 'wide';
  readonly children: ReactNode;
}

/** A page outside of a session: the mark, a heading, and one column that scrolls. */
export function Page({ title, back = true, width = 'narrow', children }: PageProps) {
  const t = useT();
  useEffect(() => {
    document.title = `${title} · Caucus`;
  }, [title]);
  return (
    <div className={styles['scroll']}>
      <main className={`${styles['page']} ${styles[width]}`}>
        <header className={styles['head']}>
          <span className={styles['mark']}>Caucus</span>
          {back && (
            <Link to={{ screen: 'start' }} look="inline">
              {t('frame.all-sessions')}
            </Link>
          )}
        </header>
        <h1 className={styles['title']}>{title}</h1>
        {children}
      </main>
    </div>
  );
}
