import { type ComponentType, memo, useCallback, useId, useState } from 'react';
import { flushSync } from 'react-dom';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import type { TextFieldProps } from '../shared/text-field.tsx';
import { addRow, changeRow, moveRow, removeRow, type Rows } from './rows.ts';
import styles from './row-list.module.css';

/** What a row's fields are given. */
export interface RowFieldsProps<T> {
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** "Question 3": the row's name, for labels that are read out. */
  readonly name: string;
  /** What is wrong with the row; null where nothing is. */
  readonly error: string | null;
  /** The first field of a row that was just added takes the focus. */
  readonly focusFirst: boolean;
  /** Enter goes on to a new row, Alt+↑ and Alt+↓ move the row. */
  readonly onKeyDown: NonNullable<TextFieldProps['onKeyDown']>;
}

export interface RowListProps<T> {
  readonly rows: Rows<T>;
  /** Must stay the same function from drawing to drawing. */
  readonly onUpdate: (change: (rows: Rows<T>) => Rows<T>) => void;
  readonly fields: ComponentType<RowFieldsProps<T>>;
  readonly errorOf?: (value: T) => string | null;
  readonly blank: T;
  /** What one row is: "Question". */
  readonly rowName: string;
  readonly addWords: string;
  readonly mayAdd?: boolean;
}

/** A list of a form that grows, shrinks and is put in order, all by keyboard too. */
export function RowList<T>(props: RowListProps<T>) {
  const { rows, onUpdate, fields, errorOf, blank, rowName, addWords, mayAdd = true } = props;
  const count = rows.length;
  /** From the first row that a person adds on, a row that appears at the end takes the focus. */
  const [adding, setAdding] = useState(false);
  const addId = useId();

  const onAdd = useCallback(() => {
    if (!mayAdd) return;
    setAdding(true);
    onUpdate((before) => addRow(before, blank));
  }, [onUpdate, blank, mayAdd]);
  /** A browser takes the focus from what is moved on the page, so it is given back. */
  const onMove = useCallback(
    (key: number, by: number) => {
      const focused = document.activeElement;
      flushSync(() => onUpdate((before) => moveRow(before, key, by)));
      if (focused instanceof HTMLElement) focused.focus();
    },
    [onUpdate],
  );
  const onRemove = useCallback(
    (key: number) => {
      flushSync(() => onUpdate((before) => removeRow(before, key)));
      document.getElementById(addId)?.focus();
    },
    [onUpdate, addId],
  );
  const onChange = useCallback(
    (key: number, value: T) => onUpdate((before) => changeRow(before, key, value)),
    [onUpdate],
  );

  return (
    <>
      <ol className={styles['rows']}>
        {rows.map(({ key, value }, index) => (
          <Row
            key={key}
            id={key}
            value={value}
            index={index}
            isLast={index === count - 1}
            rowName={rowName}
            error={errorOf?.(value) ?? null}
            focusFirst={adding && index === count - 1}
            // A component that is the same for all rows of the list; what it is given fits it.
            fields={fields as ComponentType<RowFieldsProps<unknown>>}
            onChange={onChange as (key: number, value: unknown) => void}
            onMove={onMove}
            onRemove={onRemove}
            onAdd={onAdd}
          />
        ))}
      </ol>
      <div className={styles['add']}>
        <Button id={addId} size="small" icon="plus" onPress={onAdd} isDisabled={!mayAdd}>
          {addWords}
        </Button>
      </div>
    </>
  );
}

interface RowProps {
  readonly id: number;
  readonly value: unknown;
  readonly index: number;
  readonly isLast: boolean;
  readonly rowName: string;
  readonly error: string | null;
  readonly focusFirst: boolean;
  readonly fields: ComponentType<RowFieldsProps<unknown>>;
  readonly onChange: (key: number, value: unknown) => void;
  readonly onMove: (key: number, by: number) => void;
  readonly onRemove: (key: number) => void;
  readonly onAdd: () => void;
}

/** Drawn again only when it changes: with 40 groups, a letter must not draw all 40. */
const Row = memo(function Row(props: RowProps) {
  const { id, value, index, isLast, error, focusFirst, fields: Fields } = props;
  const { onChange, onMove, onRemove, onAdd } = props;
  const t = useT();
  const name = t('create.row', { list: props.rowName, number: index + 1 });
  return (
    <li className={styles['row']}>
      <span className={styles['number']} aria-hidden="true">
        {index + 1}
      </span>
      <div className={styles['fields']}>
        <Fields
          value={value}
          onChange={(next) => onChange(id, next)}
          name={name}
          error={error}
          focusFirst={focusFirst}
          onKeyDown={(event) => {
            if (event.altKey && event.key === 'ArrowUp') onMove(id, -1);
            else if (event.altKey && event.key === 'ArrowDown') onMove(id, 1);
            else if (event.key === 'Enter' && !event.nativeEvent.isComposing) onAdd();
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div className={styles['actions']}>
        <Button
          variant="quiet"
          size="small"
          icon="up"
          aria-label={t('create.move-up', { row: name })}
          isDisabled={index === 0}
          onPress={() => onMove(id, -1)}
        />
        <Button
          variant="quiet"
          size="small"
          icon="down"
          aria-label={t('create.move-down', { row: name })}
          isDisabled={isLast}
          onPress={() => onMove(id, 1)}
        />
        <Button
          variant="quiet"
          size="small"
          icon="close"
          aria-label={t('create.remove', { row: name })}
          onPress={() => onRemove(id)}
        />
      </div>
    </li>
  );
});
