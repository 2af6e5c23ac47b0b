import type { ReactNode } from 'react';
import {
  Tab as AriaTab,
  TabList as AriaTabList,
  TabPanel as AriaTabPanel,
  Tabs as AriaTabs,
} from 'react-aria-components/Tabs';
import { classes } from './classes.ts';
import styles from './tabs.module.css';

export interface TabsProps<Id extends string> {
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** A TabList and, for each of its tabs, a TabPanel. */
  readonly children: ReactNode;
  /** The panels take what room there is and scroll by themselves. */
  readonly fill?: boolean;
}

export function Tabs<Id extends string>({ selected, onSelect, children, fill }: TabsProps<Id>) {
  return (
    <AriaTabs
      className={classes(styles['tabs'], fill === true && styles['fill'])}
      selectedKey={selected}
      // The keys of the tabs are the ids that the caller gave them.
      onSelectionChange={(key) => onSelect(key as Id)}
    >
      {children}
    </AriaTabs>
  );
}

export function TabList(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <AriaTabList className={styles['list'] ?? ''} aria-label={props.label}>
      {props.children}
    </AriaTabList>
  );
}

export interface TabProps {
  readonly id: string;
  /** "a": set apart before the words. */
  readonly letter?: string;
  readonly count?: number;
  readonly children: ReactNode;
}

export function Tab({ id, letter, count, children }: TabProps) {
  return (
    <AriaTab id={id} className={styles['tab'] ?? ''}>
      {letter !== undefined && <span className={styles['letter']}>{letter}</span>}
      <bdi>{children}</bdi>
      {count !== undefined && count > 0 && <span className={styles['count']}>{count}</span>}
    </AriaTab>
  );
}

export function TabPanel(props: { readonly id: string; readonly children: ReactNode }) {
  return (
    <AriaTabPanel id={props.id} className={styles['panel'] ?? ''}>
      {props.children}
    </AriaTabPanel>
  );
}
