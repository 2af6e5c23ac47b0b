import { type FormEvent, useState } from 'react';
import { MAX_OPTIONS, type PollKind, pollKinds } from '../../../src/core/consensus/poll.ts';
import type { PollInput } from '../../../src/core/session/poll-input.ts';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { Select } from '../../shared/select.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { usePlenary } from '../plenary-context.ts';
import { isCountdown, type Countdown, secondsOf, useCountdownChoices } from './countdowns.ts';
import styles from './polls.module.css';

export interface PollFormProps {
  /** What is changed; null for a new one. */
  readonly input: PollInput | null;
  readonly onCancel: () => void;
  readonly onSave: (input: PollInput) => void;
}

const withOptions: readonly PollKind[] = ['single', 'multiple', 'ranking', 'quiz'];
const newOption = () => ({ id: crypto.randomUUID().slice(0, 8), text: '' });

/** Writes a poll, or changes one that was not opened yet. */
export function PollForm({ input, onCancel, onSave }: PollFormProps) {
  const t = useT();
  const { session } = usePlenary();
  const [kind, setKind] = useState<PollKind>(input?.kind ?? 'agree');
  const [question, setQuestion] = useState(input?.question ?? '');
  const [options, setOptions] = useState(() =>
    input !== null && input.options.length > 0 ? input.options : [newOption(), newOption()],
  );
  const [most, setMost] = useState(String(input?.most || 5));
  const [right, setRight] = useState(input?.right ?? null);
  const [countdown, setCountdown] = useState<Countdown>(
    isCountdown(String(input?.seconds)) ? (String(input?.seconds) as Countdown) : 'none',
  );
  const countdowns = useCountdownChoices();
  const hasOptions = withOptions.includes(kind);
  const written = options.filter(({ text }) => text.trim() !== '');
  const highest = kind === 'multiple' ? Math.min(Number(most), written.length) : Number(most);

  function save(event: FormEvent): void {
    event.preventDefault();
    onSave({
      proposalId: input?.proposalId ?? null,
      kind,
      question,
      options: hasOptions ? written : [],
      most: kind === 'multiple' || kind === 'scale' ? highest : 0,
      seconds: secondsOf(countdown),
      right: kind === 'quiz' ? (right ?? written[0]?.id ?? null) : null,
    });
  }
  const setText = (id: string, text: string): void =>
    setOptions(options.map((option) => (option.id === id ? { id, text } : option)));

  return (
    <form className={styles['form']} onSubmit={save}>
      <h2 className={styles['heading']}>{t(input === null ? 'polls.new' : 'polls.change')}</h2>
      <Select
        label={t('polls.kind')}
        choices={pollKinds.map((id) => ({ id, name: t(`polls.kind-${id}`) }))}
        value={kind}
        onChange={(next) => {
          setKind(next);
          // Points are for being quick, so there is a time unless the moderator takes it away.
          if (next === 'quiz' && countdown === 'none') setCountdown('20');
        }}
      />
      <p className={styles['help']}>{t(`polls.kind-${kind}-why`)}</p>
      <TextField
        label={t('polls.question')}
        multiline
        value={question}
        onChange={setQuestion}
        focusFirst={input === null}
      />
      {hasOptions && (
        <fieldset className={styles['options']}>
          <legend className={styles['small']}>{t('polls.options')}</legend>
          {options.map(({ id, text }, index) => (
            <div key={id} className={styles['option']}>
              <TextField
                label={t('polls.option', { number: index + 1 })}
                labelHidden
                placeholder={t('polls.option', { number: index + 1 })}
                value={text}
                onChange={(next) => setText(id, next)}
              />
              <Button
                variant="quiet"
                size="small"
                icon="trash"
                aria-label={t('polls.option-remove', { number: index + 1 })}
                isDisabled={options.length <= 2}
                onPress={() => setOptions(options.filter((option) => option.id !== id))}
              />
            </div>
          ))}
          <div>
            <Button
              size="small"
              icon="plus"
              isDisabled={options.length >= MAX_OPTIONS}
              onPress={() => setOptions([...options, newOption()])}
            >
              {t('polls.option-add')}
            </Button>
          </div>
        </fieldset>
      )}
      {kind === 'quiz' && (
        <Select
          label={t('polls.right')}
          choices={written.map(({ id, text }) => ({ id, name: text }))}
          value={right ?? written[0]?.id ?? null}
          onChange={setRight}
          isDisabled={written.length === 0}
        />
      )}
      {(kind === 'multiple' || kind === 'scale') && (
        <TextField
          type="number"
          inputMode="numeric"
          label={t(kind === 'scale' ? 'polls.highest' : 'polls.most')}
          characters={6}
          value={most}
          onChange={setMost}
        />
      )}
      <Select
        label={t('polls.countdown')}
        choices={countdowns}
        value={countdown}
        onChange={setCountdown}
      />
      <div className={styles['buttons']}>
        <Button type="submit" variant="primary" isDisabled={session.plan.view.snapshot().readOnly}>
          {t(input === null ? 'polls.make' : 'polls.save')}
        </Button>
        <Button onPress={onCancel}>{t('polls.cancel')}</Button>
      </div>
    </form>
  );
}
