import { type ReactNode, useId, useState } from 'react';
import { flushSync } from 'react-dom';
import type { TextFieldProps } from '../shared/text-field.tsx';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { addRow, changeRow, moveRow, removeRow, type Rows } from './rows.ts';
import styles from './row-list.module.css';

/** What a row's fields have to be given. */
export interface RowParts<T> {
  readonly value: T;
  readonly change: (value: T) => void;
  /** "Question 3": the row's name, for labels that are read out. */
  readonly name: string;
  /** The first field of a row that was just added takes the focus. */
  readonly focusFirst: boolean;
  /** Enter goes on to a new row, Alt+↑ and Alt+↓ move the row. */
  readonly onKeyDown: NonNullable<TextFieldProps['onKeyDown']>;
}

export interface RowListProps<T> {
  readonly rows: Rows<T>;
  readonly onChange: (rows: Rows<T>) => void;
  readonly blank: T;
  /** What one row is: "Question". */
  readonly rowName: string;
  readonly addWords: string;
  readonly mayAdd?: boolean;
  readonly children: (parts: RowParts<T>) => ReactNode;
}

/** A list of a form that grows, shrinks and is put in order, all by keyboard too. */
export function RowList<T>(props: RowListProps<T>) {
  const { rows, onChange, blank, rowName, addWords, mayAdd = true, children } = props;
  const t = useT();
  const [added, setAdded] = useState<number | null>(null);
  const addId = useId();

  const add = (): void => {
    if (!mayAdd) return;
    const next = addRow(rows, blank);
    setAdded(next.at(-1)?.key ?? null);
    onChange(next);
  };
  /** A browser takes the focus from what is moved on the page, so it is given back. */
  const move = (key: number, by: number): void => {
    const focused = document.activeElement;
    flushSync(() => onChange(moveRow(rows, key, by)));
    if (focused instanceof HTMLElement) focused.focus();
  };
  const remove = (key: number): void => {
    flushSync(() => onChange(removeRow(rows, key)));
    document.getElementById(addId)?.focus();
  };

  return (
    <>
      <ol className={styles['rows']}>
        {rows.map(({ key, value }, index) => {
          const name = t('create.row', { list: rowName, number: index + 1 });
          return (
            <li key={key} className={styles['row']}>
              <span className={styles['number']} aria-hidden="true">
                {index + 1}
              </span>
              <div className={styles['fields']}>
                {children({
                  value,
                  change: (next) => onChange(changeRow(rows, key, next)),
                  name,
                  focusFirst: key === added,
                  onKeyDown: (event) => {
                    if (event.altKey && event.key === 'ArrowUp') move(key, -1);
                    else if (event.altKey && event.key === 'ArrowDown') move(key, 1);
                    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) add();
                    else return;
                    event.preventDefault();
                  },
                })}
              </div>
              <div className={styles['actions']}>
                <Button
                  variant="quiet"
                  size="small"
                  icon="up"
                  aria-label={t('create.move-up', { row: name })}
                  isDisabled={index === 0}
                  onPress={() => move(key, -1)}
                />
                <Button
                  variant="quiet"
                  size="small"
                  icon="down"
                  aria-label={t('create.move-down', { row: name })}
                  isDisabled={index === rows.length - 1}
                  onPress={() => move(key, 1)}
                />
                <Button
                  variant="quiet"
                  size="small"
                  icon="close"
                  aria-label={t('create.remove', { row: name })}
                  onPress={() => remove(key)}
                />
              </div>
            </li>
          );
        })}
      </ol>
      <div className={styles['add']}>
        <Button id={addId} size="small" icon="plus" onPress={add} isDisabled={!mayAdd}>
          {addWords}
        </Button>
      </div>
    </>
  );
}
