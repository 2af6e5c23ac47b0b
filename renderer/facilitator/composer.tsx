import { type KeyboardEvent, useCallback, useId, useRef } from 'react';
import { useStore } from 'zustand';
import { Button } from '../shared/button.tsx';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import { SharedText } from '../shared/shared-text.tsx';
import { useNotices } from '../shared/toast-region.tsx';
import { useToastsAbove } from '../shared/use-toasts-above.ts';
import { useViewPart } from '../shared/use-view.ts';
import type { NoteMarks } from './composer-state.ts';
import { COMPOSER_ID } from './focus.ts';
import { useGroupParts } from './group-context.tsx';
import { NoteFields } from './note-fields.tsx';
import styles from './composer.module.css';

interface ComposerBarProps {
  /** Goes to the last note: the arrow upwards from an empty text. */
  readonly onUp: () => void;
}

/** Where notes are typed: type, Enter, next. */
export function ComposerBar({ onUp }: ComposerBarProps) {
  const t = useT();
  const notices = useNotices();
  const hintId = useId();
  const foot = useRef<HTMLElement>(null);
  useToastsAbove(foot);
  const { group, composer, actions } = useGroupParts();
  const state = useStore(composer.state);
  const { noteId } = state;
  const text = useViewPart(group.view, () =>
    noteId === null ? '' : (group.view.note(noteId)?.text ?? ''),
  );

  const mark = useCallback(
    (change: Partial<NoteMarks>): void => {
      if (change.questionId !== undefined) actions.chooseQuestion(change.questionId);
      else composer.mark(change);
    },
    [actions, composer],
  );
  const finish = (): void => {
    const refusal = composer.finish();
    if (refusal !== null) notices.complain(t(`refusal.${refusal}`));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (event.key === 'Enter' && plain) {
      event.preventDefault();
      finish();
    } else if (event.key === 'ArrowUp' && plain && event.currentTarget.value === '') {
      event.preventDefault();
      onUp();
    }
  };

  return (
    <section ref={foot} className={styles['composer']} aria-label={t('composer.title')}>
      <div className={styles['line']}>
        <div id={COMPOSER_ID} className={styles['text']}>
          <SharedText
            value={text}
            onEdit={(typed) => {
              const refusal = composer.edit(typed);
              if (refusal !== null) notices.complain(t(`refusal.${refusal}`));
              return refusal === null;
            }}
            label={t('composer.text')}
            placeholder={t('composer.placeholder')}
            look="bare"
            minRows={2}
            describedBy={hintId}
            onKeyDown={onKeyDown}
            onFocus={actions.endEditing}
          />
        </div>
        <Button keys="Enter" onPress={finish} isDisabled={text.trim() === ''}>
          {t('composer.finish')}
        </Button>
      </div>
      <NoteFields marks={state} onChange={mark} />
      <p id={hintId} className={styles['hint']}>
        <Kbd keys="Shift+Enter" /> {t('composer.new-line')} <Kbd keys="↑" />{' '}
        {t('composer.to-notes')} <Kbd keys="F1" /> {t('composer.all-keys')}
      </p>
    </section>
  );
}
