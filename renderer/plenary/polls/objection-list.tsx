import { type FormEvent, useState } from 'react';
import { MAX_OBJECTION_CHARACTERS } from '../../../src/core/consensus/poll.ts';
import type { Plan, Proposal } from '../../../src/core/session/model.ts';
import { objectionsTo, withdrawnObjectionsTo } from '../../../src/core/session/poll-verdict.ts';
import type { Objection, Poll } from '../../../src/core/session/voting-model.ts';
import { Button } from '../../shared/button.tsx';
import { classes } from '../../shared/classes.ts';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { Select } from '../../shared/select.tsx';
import { SharedText } from '../../shared/shared-text.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { usePlenary } from '../plenary-context.ts';
import { partName } from './poll-words.ts';
import styles from './objections.module.css';
import pollStyles from './polls.module.css';

export interface ObjectionListProps {
  readonly proposal: Proposal;
  readonly poll: Poll;
  readonly plan: Plan;
}

/** "I cannot live with this", one by one: addressed by other words, or on record as dissent. C3 */
export function ObjectionList({ proposal, poll, plan }: ObjectionListProps) {
  const t = useT();
  const [adding, setAdding] = useState(false);
  const objections = objectionsTo(plan.voting, poll);
  // Those that wait for an answer come first, and those taken back stay readable. R1
  const sorted = [
    ...objections.filter(({ state }) => state === 'open'),
    ...objections.filter(({ state }) => state !== 'open'),
    ...withdrawnObjectionsTo(plan.voting, poll),
  ];
  return (
    <section className={styles['objections']} aria-label={t('polls.objections')}>
      <h3 className={styles['heading']}>
        {t('polls.objections')}
        <span className={styles['count']}>{objections.length}</span>
      </h3>
      {sorted.length === 0 && !adding && (
        <p className={pollStyles['help']}>{t('polls.objections-empty')}</p>
      )}
      <ol className={styles['list']}>
        {sorted.map((objection) => (
          <ObjectionEntry key={objection.id} {...{ objection, proposal, plan }} />
        ))}
      </ol>
      {adding ? (
        <AddObjection {...{ proposal, poll, plan }} onDone={() => setAdding(false)} />
      ) : (
        <div>
          <Button size="small" icon="plus" onPress={() => setAdding(true)}>
            {t('polls.objection-add')}
          </Button>
        </div>
      )}
    </section>
  );
}

interface ObjectionEntryProps {
  readonly objection: Objection;
  readonly proposal: Proposal;
  readonly plan: Plan;
}

function ObjectionEntry({ objection, proposal, plan }: ObjectionEntryProps) {
  const t = useT();
  const language = useLanguage();
  const { polls } = usePlenary();
  const [changing, setChanging] = useState(false);
  const { id, text, state, how, stakeholderGroup, at, person } = objection;
  return (
    <li className={classes(styles['entry'], state === 'open' && styles['open'])}>
      <p className={styles['text']} dir="auto">
        {text}
      </p>
      <p className={styles['who']}>
        {partName(stakeholderGroup, plan.stakeholderGroups, t)} · {timeOfDay(at, language)}
        {person === '' && ` · ${t('polls.objection-spoken')}`}
        {state !== 'open' && (
          <strong>
            {' '}
            · {t(`polls.objection-${state}`)}
            {how !== '' && `: ${how}`}
          </strong>
        )}
      </p>
      {state === 'open' && !changing && (
        <div className={pollStyles['buttons']}>
          <Button size="small" onPress={() => setChanging(true)}>
            {t('polls.change-wording')}
          </Button>
          <Button size="small" onPress={() => polls.resolve(id, 'dissent', '')}>
            {t('polls.record-dissent')}
          </Button>
          {person === '' && (
            <Button
              size="small"
              variant="quiet"
              icon="trash"
              aria-label={t('polls.objection-withdraw')}
              onPress={() => polls.withdrawObjection(id)}
            />
          )}
        </div>
      )}
      {state === 'open' && changing && (
        <ChangeWording {...{ objection, proposal }} onDone={() => setChanging(false)} />
      )}
      {(state === 'addressed' ||
        state === 'dissent' ||
        (state === 'withdrawn' && person === '')) && (
        <div>
          <Button size="small" variant="quiet" onPress={() => polls.reconsider(id)}>
            {t('polls.objection-reopen')}
          </Button>
        </div>
      )}
    </li>
  );
}

interface ChangeWordingProps {
  readonly objection: Objection;
  readonly proposal: Proposal;
  readonly onDone: () => void;
}

/** The proposal's own text, here where the objection stands; then what of it was changed. */
function ChangeWording({ objection, proposal, onDone }: ChangeWordingProps) {
  const t = useT();
  const { actions, polls } = usePlenary();
  const [how, setHow] = useState('');
  return (
    <div className={styles['change']}>
      <SharedText
        look="boxed"
        label={t('polls.wording')}
        value={proposal.text}
        focusFirst
        onEdit={(text) => actions.edit(proposal.id, text)}
      />
      <TextField label={t('polls.what-changed')} value={how} onChange={setHow} />
      <div className={pollStyles['buttons']}>
        <Button
          size="small"
          variant="primary"
          onPress={() => {
            polls.resolve(objection.id, 'addressed', how);
            onDone();
          }}
        >
          {t('polls.mark-addressed')}
        </Button>
        <Button size="small" variant="quiet" onPress={onDone}>
          {t('polls.cancel')}
        </Button>
      </div>
    </div>
  );
}

interface AddObjectionProps extends ObjectionListProps {
  readonly onDone: () => void;
}

function AddObjection({ proposal, poll, plan, onDone }: AddObjectionProps) {
  const t = useT();
  const { polls } = usePlenary();
  const [text, setText] = useState('');
  const [group, setGroup] = useState('none');
  function add(event: FormEvent): void {
    event.preventDefault();
    const stakeholderGroup = group === 'none' ? '' : group;
    const input = { proposalId: proposal.id, pollId: poll.id, text, stakeholderGroup };
    if (polls.object(input)) onDone();
  }
  return (
    <form className={styles['change']} onSubmit={add}>
      <TextField
        label={t('polls.objection-why')}
        value={text}
        onChange={setText}
        maxLength={MAX_OBJECTION_CHARACTERS}
        focusFirst
        multiline
      />
      <div className={pollStyles['buttons']}>
        <Select
          label={t('polls.stakeholder-group')}
          labelHidden
          choices={[
            ...plan.stakeholderGroups.map(({ id, name }) => ({ id, name })),
            { id: 'none', name: t('polls.part-none') },
          ]}
          value={group}
          onChange={setGroup}
        />
        <Button type="submit" size="small" variant="primary" isDisabled={text.trim() === ''}>
          {t('polls.objection-record')}
        </Button>
        <Button size="small" variant="quiet" onPress={onDone}>
          {t('polls.cancel')}
        </Button>
      </div>
    </form>
  );
}
