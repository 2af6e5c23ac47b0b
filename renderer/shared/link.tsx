import type { ReactNode } from 'react';
import type { Route } from '../routes.ts';
import { routeHash } from '../routes.ts';
import { classes } from './classes.ts';
import styles from './link.module.css';

export interface LinkProps {
  readonly to: Route;
  readonly children: ReactNode;
  /** place: one of several in a row of places; inline: within a sentence. */
  readonly look?: 'place' | 'inline';
  /** This is where one is. */
  readonly current?: boolean;
}

export function Link({ to, children, look = 'place', current = false }: LinkProps) {
  return (
    <a
      href={routeHash(to)}
      className={classes(styles[look], current && styles['current'])}
      aria-current={current ? 'page' : undefined}
    >
      {children}
    </a>
  );
}
