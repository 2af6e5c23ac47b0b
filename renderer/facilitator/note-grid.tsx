import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { NoteId } from '../../src/core/session/ids.ts';
import type { Note } from '../../src/core/session/model.ts';
import { Button } from '../shared/button.tsx';
import { useT } from '../shared/messages.tsx';
import { focusComposer } from './focus.ts';
import { useGroupParts, usePlan, useScreen } from './group-context.tsx';
import { NoteRow } from './note-row.tsx';
import { extendedTo, toggled } from './selection.ts';
import { createWindowedList } from './windowed-list.ts';
import styles from './note-grid.module.css';

interface NoteGridProps {
  readonly notes: readonly Note[];
  /** The letter of each note's question, where notes of several are shown. */
  readonly showLetters: boolean;
}

/** A table whose rows are moved through by arrow keys, as screen readers know it. */
const asGrid = { role: 'grid', tabIndex: -1 } as const;

/** A first guess of a row's height, before it is drawn: lines of about 80 characters. Pixels. */
const estimatedHeight = (note: Note | undefined): number =>
  16 + 24 * Math.max(1, Math.ceil((note?.text.length ?? 0) / 80));

/** The notes, newest at the end; one row has the focus and the arrows move it. */
export function NoteGrid({ notes, showLetters }: NoteGridProps) {
  const t = useT();
  const { screen, actions, mayWrite } = useGroupParts();
  const plan = usePlan();
  const selection = useScreen((state) => state.selection);
  const editing = useScreen((state) => state.editing);
  const scroller = useRef<HTMLTableElement>(null);
  const [list] = useState(createWindowedList);
  const slice = useStore(list.state);
  const current = useScreen((state) => state.current);
  const wantsFocus = useScreen((state) => state.wantsFocus);
  const ids = useMemo(() => notes.map(({ id }) => id), [notes]);
  const letters = useMemo(
    () => new Map(plan.questions.map(({ id, letter }) => [id, letter])),
    [plan.questions],
  );
  const names = useMemo(
    () => new Map([...plan.stakeholderGroups, ...plan.regions].map(({ id, name }) => [id, name])),
    [plan.stakeholderGroups, plan.regions],
  );

  useEffect(() => {
    const element = scroller.current;
    return element === null ? undefined : list.attach(element);
  }, [list]);
  useLayoutEffect(() => {
    list.setItems(ids, (index) => estimatedHeight(notes[index]));
  }, [list, ids, notes]);
  useLayoutEffect(() => list.drawn(slice), [list, slice]);

  /** The row that Tab goes to: the last that had the focus, or the last of all. */
  const stop = current !== null && ids.includes(current) ? current : ids.at(-1);
  useLayoutEffect(() => {
    if (wantsFocus && stop !== undefined) list.reveal(ids.indexOf(stop));
  }, [list, wantsFocus, stop, ids]);
  const focusAt = (index: number): void => {
    const id = ids[Math.max(0, Math.min(ids.length - 1, index))];
    if (id !== undefined) screen.setState({ current: id, wantsFocus: true });
  };

  const onRowKey = (event: KeyboardEvent, id: NoteId): void => {
    const index = ids.indexOf(id);
    const page = Math.max(1, slice.end - slice.first - 18);
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -page,
      PageDown: page,
      Home: -ids.length,
      End: ids.length,
    };
    const step = steps[event.key];
    // The screen's own keys have been taken already.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (step !== undefined) {
      if (event.key === 'ArrowDown' && index === ids.length - 1) focusComposer();
      else focusAt(index + step);
      const to = ids[Math.max(0, Math.min(ids.length - 1, index + step))];
      if (event.shiftKey && to !== undefined && mayWrite) {
        const { anchor } = selection;
        const from = anchor === null ? toggled(selection, id) : selection;
        screen.setState({ selection: extendedTo({ ...from, anchor: anchor ?? id }, to, ids) });
      }
    } else if (event.key === 'Escape') {
      focusComposer();
    } else if (!mayWrite) {
      return;
    } else if (event.key === ' ' || event.key.toLowerCase() === 'x') {
      select(id, event.shiftKey);
    } else if (event.key === 'Enter' || event.key === 'F2') {
      screen.setState({ editing: id });
    } else if (event.key.toLowerCase() === 'r') {
      actions.recommend(selection.ids.size > 0 ? [...selection.ids] : [id]);
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      actions.deleteNote(id);
      focusAt(index === ids.length - 1 ? index - 1 : index + 1);
    } else {
      return;
    }
    event.preventDefault();
  };
  const select = (id: NoteId, extend: boolean): void => {
    screen.setState(({ selection }) => ({
      selection: extend ? extendedTo(selection, id, ids) : toggled(selection, id),
    }));
  };

  return (
    <div className={styles['place']}>
      <table
        ref={scroller}
        className={styles['scroller']}
        {...asGrid}
        aria-label={t('notes.title')}
        aria-rowcount={ids.length}
        aria-multiselectable={mayWrite}
      >
        <tbody
          className={styles['rows']}
          style={{ paddingBlock: `${slice.before}px ${slice.after}px` }}
        >
          {notes.slice(slice.first, slice.end).map((note, offset) => (
            <NoteRow
              key={note.id}
              note={note}
              position={slice.first + offset + 1}
              letter={
                showLetters && note.questionId !== null
                  ? (letters.get(note.questionId) ?? '')
                  : null
              }
              stakeholderGroup={nameOf(names, note.stakeholderGroupId)}
              region={nameOf(names, note.regionId)}
              isSelected={selection.ids.has(note.id)}
              isEditing={editing === note.id}
              isStop={stop === note.id}
              takesFocus={wantsFocus && stop === note.id}
              list={list}
              onKey={onRowKey}
              onSelect={select}
              onEndEditing={() => {
                actions.endEditing();
                focusAt(ids.indexOf(note.id));
              }}
            />
          ))}
        </tbody>
      </table>
      {slice.unseen > 0 && (
        <div className={styles['pill']}>
          <Button variant="primary" size="small" icon="down" onPress={() => list.scrollToEnd()}>
            {t('notes.unseen', { count: slice.unseen })}
          </Button>
        </div>
      )}
    </div>
  );
}

const nameOf = (names: ReadonlyMap<string, string>, id: string | null): string | null =>
  id === null ? null : (names.get(id) ?? null);
