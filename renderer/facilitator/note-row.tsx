import { type KeyboardEvent, type MouseEvent, useLayoutEffect, useRef } from 'react';
import type { NoteId } from '../../src/core/session/ids.ts';
import type { Note } from '../../src/core/session/model.ts';
import { Button } from '../shared/button.tsx';
import { Checkbox } from '../shared/checkbox.tsx';
import { classes } from '../shared/classes.ts';
import { useLanguage, useT } from '../shared/messages.tsx';
import { timeOfDay } from '../shared/time-of-day.ts';
import { useGroupParts } from './group-context.tsx';
import { excerpt } from './note-lists.ts';
import { NoteEditor } from './note-editor.tsx';
import type { WindowedList } from './windowed-list.ts';
import styles from './note-row.module.css';

export interface NoteRowProps {
  readonly note: Note;
  /** From 1, among all rows. */
  readonly position: number;
  /** Its question's letter; null where all rows are of one question. */
  readonly letter: string | null;
  readonly stakeholderGroup: string | null;
  readonly region: string | null;
  readonly isSelected: boolean;
  readonly isEditing: boolean;
  /** Tab goes to this row. */
  readonly isStop: boolean;
  /** It is to take the focus now. */
  readonly takesFocus: boolean;
  readonly list: WindowedList;
  readonly onKey: (event: KeyboardEvent, id: NoteId) => void;
  readonly onSelect: (id: NoteId, extend: boolean) => void;
  readonly onEndEditing: () => void;
}

/** One note, set like text: time, kind, who spoke, what was said. */
export function NoteRow(props: NoteRowProps) {
  const { note, position, letter, isSelected, isEditing, isStop, takesFocus, list } = props;
  const t = useT();
  const language = useLanguage();
  const { screen, actions, mayWrite } = useGroupParts();
  const row = useRef<HTMLTableRowElement>(null);
  const { id } = note;

  useLayoutEffect(() => {
    const element = row.current;
    return element === null ? undefined : list.measure(id, element);
  }, [list, id]);
  useLayoutEffect(() => {
    if (!takesFocus) return;
    row.current?.focus({ preventScroll: true });
    // Once: a row that comes into sight again by scrolling must not take the focus from elsewhere.
    screen.setState({ wantsFocus: false });
  }, [takesFocus, screen]);

  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys in a field or on a button of the row are theirs.
    if (event.target === event.currentTarget) props.onKey(event, id);
  };
  const onTextClick = (event: MouseEvent): void => {
    // Somebody who is marking text to copy it does not want to change it.
    if (!mayWrite || window.getSelection()?.isCollapsed === false) return;
    if (event.shiftKey) props.onSelect(id, true);
    else screen.setState({ editing: id });
  };
  const about = [props.stakeholderGroup, props.region, note.speakerName].filter(
    (part) => part !== null,
  );

  return (
    <tr
      ref={row}
      tabIndex={isStop ? 0 : -1}
      aria-rowindex={position}
      aria-selected={mayWrite ? isSelected : undefined}
      data-note-id={id}
      className={classes(
        styles['row'],
        isSelected && styles['selected'],
        isEditing && styles['editing'],
      )}
      onKeyDown={onKeyDown}
      onFocus={() => screen.setState({ current: id })}
    >
      <td className={styles['tick']}>
        {mayWrite && (
          <Checkbox
            aria-label={t('notes.select', { note: excerpt(note.text, 40) })}
            isSelected={isSelected}
            excludeFromTabOrder
            onChange={() => props.onSelect(id, false)}
          />
        )}
      </td>
      <td className={styles['time']}>{timeOfDay(note.createdAt, language)}</td>
      <td className={styles['kind']}>
        {letter !== null && <span className={styles['letter']}>{letter}</span>}
        {t(`kind.${note.kind}`)}
      </td>
      <td className={styles['about']}>
        {about.map((part, index) => (
          <bdi key={part} className={index === 0 ? styles['who'] : undefined}>
            {part}
          </bdi>
        ))}
      </td>
      {isEditing ? (
        <td className={styles['edit']}>
          <NoteEditor note={note} onDone={props.onEndEditing} />
        </td>
      ) : (
        <>
          <td className={styles['text']} dir="auto" onClick={onTextClick}>
            {note.text}
          </td>
          <td className={styles['actions']}>
            {mayWrite && (
              <>
                <Button
                  variant="quiet"
                  size="small"
                  icon="edit"
                  excludeFromTabOrder
                  aria-label={t('notes.change')}
                  onPress={() => screen.setState({ editing: id })}
                />
                <Button
                  variant="quiet"
                  size="small"
                  icon="trash"
                  excludeFromTabOrder
                  aria-label={t('notes.delete')}
                  onPress={() => actions.deleteNote(id)}
                />
              </>
            )}
          </td>
        </>
      )}
    </tr>
  );
}
