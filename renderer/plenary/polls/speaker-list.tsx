import { type FormEvent, useState } from 'react';
import type { Plan } from '../../../src/core/session/model.ts';
import { Button } from '../../shared/button.tsx';
import { Checkbox } from '../../shared/checkbox.tsx';
import { useT } from '../../shared/messages.tsx';
import { Select } from '../../shared/select.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { useNow } from '../../shared/use-now.ts';
import { usePlenary } from '../plenary-context.ts';
import { countdownText, partName } from './poll-words.ts';
import { type Floor, floorOf } from './speakers.ts';
import styles from './floor.module.css';
import pollStyles from './polls.module.css';

/** Who speaks, for how long, and who is next: first-time speakers before others. */
export function SpeakerList({ plan }: { readonly plan: Plan }) {
  const t = useT();
  const { session } = usePlenary();
  const now = useNow(1000, session.now);
  const [adding, setAdding] = useState(false);
  const { turn, waiting } = floorOf(plan.voting, now);
  return (
    <section className={pollStyles['part']} aria-label={t('polls.speakers')}>
      <h2 className={styles['heading']}>
        {t('polls.speakers')} <span className={styles['count']}>{waiting.length}</span>
      </h2>
      {turn !== null && <Speaking turn={turn} now={now} plan={plan} />}
      {waiting.length === 0 && turn === null && (
        <p className={pollStyles['help']}>{t('polls.speakers-empty')}</p>
      )}
      <ol className={styles['items']}>
        {waiting.map((one, index) => (
          <Waiting key={one.item.id} {...one} isNext={index === 0} plan={plan} />
        ))}
      </ol>
      {adding ? (
        <AddSpeaker plan={plan} onDone={() => setAdding(false)} />
      ) : (
        <div>
          <Button size="small" icon="plus" variant="quiet" onPress={() => setAdding(true)}>
            {t('polls.speaker-add')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface SpeakingProps {
  readonly turn: NonNullable<Floor['turn']>;
  readonly now: number;
  readonly plan: Plan;
}

function Speaking({ turn, now, plan }: SpeakingProps) {
  const t = useT();
  const { polls } = usePlenary();
  return (
    <div className={styles['speaking']}>
      <p>
        <span className={styles['who']}>{t('polls.speaks-now')}</span>
        <br />
        <strong dir="auto">
          {turn.label !== ''
            ? turn.label
            : partName(turn.stakeholderGroup, plan.stakeholderGroups, t)}
        </strong>
        {turn.online && ` · ${t('polls.online')}`}
      </p>
      <span className={styles['time']} role="timer">
        {countdownText(now - turn.startedAt)}
      </span>
      <Button size="small" onPress={() => polls.endTurn()}>
        {t('polls.end-turn')}
      </Button>
    </div>
  );
}

type WaitingProps = Floor['waiting'][number] & { readonly isNext: boolean; readonly plan: Plan };

function Waiting({ item, why, isNext, plan }: WaitingProps) {
  const t = useT();
  const { polls } = usePlenary();
  const name = partName(item.stakeholderGroup, plan.stakeholderGroups, t);
  return (
    <li className={styles['waiting']}>
      <p className={styles['name']}>
        <span dir="auto">{item.text === '' ? name : `${item.text} · ${name}`}</span>
        {item.online && ` · ${t('polls.online')}`}
      </p>
      <span className={styles['why']}>
        {why.turns === 0
          ? t('polls.first-time')
          : t('polls.has-spoken', { time: countdownText(why.personMs) })}
      </span>
      <Button
        size="small"
        variant={isNext ? 'secondary' : 'quiet'}
        onPress={() =>
          polls.giveFloor({
            inboxId: item.id,
            person: item.person,
            label: item.text,
            stakeholderGroup: item.stakeholderGroup,
            online: item.online,
          })
        }
      >
        {t('polls.give-floor')}
      </Button>
      <Button
        size="small"
        variant="quiet"
        icon="close"
        aria-label={t('polls.take-off-list', { name: item.text === '' ? name : item.text })}
        onPress={() => polls.finish(item.id)}
      />
    </li>
  );
}

function AddSpeaker({ plan, onDone }: { readonly plan: Plan; readonly onDone: () => void }) {
  const t = useT();
  const { polls } = usePlenary();
  const [label, setLabel] = useState('');
  const [group, setGroup] = useState('none');
  const [online, setOnline] = useState(false);
  function add(event: FormEvent): void {
    event.preventDefault();
    polls.raiseHand({ label, stakeholderGroup: group === 'none' ? '' : group, online });
    onDone();
  }
  return (
    <form className={styles['add']} onSubmit={add}>
      <TextField
        label={t('polls.speaker-label')}
        description={t('polls.speaker-label-why')}
        value={label}
        onChange={setLabel}
        focusFirst
      />
      <Select
        label={t('polls.stakeholder-group')}
        choices={[
          ...plan.stakeholderGroups.map(({ id, name }) => ({ id, name })),
          { id: 'none', name: t('polls.part-none') },
        ]}
        value={group}
        onChange={setGroup}
      />
      <Checkbox isSelected={online} onChange={setOnline}>
        {t('polls.online')}
      </Checkbox>
      <div className={pollStyles['buttons']}>
        <Button type="submit" size="small" variant="primary">
          {t('polls.speaker-put')}
        </Button>
        <Button size="small" variant="quiet" onPress={onDone}>
          {t('polls.cancel')}
        </Button>
      </div>
    </form>
  );
}
