import type { Plan } from '../../../src/core/session/model.ts';
import type { InboxItem } from '../../../src/core/session/voting-model.ts';
import { Button } from '../../shared/button.tsx';
import { useLanguage, useT } from '../../shared/messages.tsx';
import { timeOfDay } from '../../shared/time-of-day.ts';
import { usePlenary } from '../plenary-context.ts';
import { partName } from './poll-words.ts';
import styles from './floor.module.css';
import pollStyles from './polls.module.css';

/** Questions and "read this out for me": both moderators see them, and who sees to them. */
export function Inbox({ plan }: { readonly plan: Plan }) {
  const t = useT();
  const waiting = plan.voting.inbox.filter(
    ({ kind, doneAt }) => kind !== 'hand' && doneAt === null,
  );
  return (
    <section className={pollStyles['part']} aria-label={t('polls.inbox')}>
      <h2 className={styles['heading']}>
        {t('polls.inbox')} <span className={styles['count']}>{waiting.length}</span>
      </h2>
      {waiting.length === 0 && <p className={pollStyles['help']}>{t('polls.inbox-empty')}</p>}
      <ul className={styles['items']}>
        {waiting.map((item) => (
          <Item key={item.id} item={item} plan={plan} />
        ))}
      </ul>
    </section>
  );
}

function Item({ item, plan }: { readonly item: InboxItem; readonly plan: Plan }) {
  const t = useT();
  const language = useLanguage();
  const { session, polls } = usePlenary();
  const { id, kind, text, stakeholderGroup, online, at, takenBy } = item;
  const mine = takenBy === session.deviceId;
  return (
    <li className={styles['item']}>
      <p className={styles['who']}>
        {t(`polls.item-${kind === 'hand' ? 'question' : kind}`)} ·{' '}
        {partName(stakeholderGroup, plan.stakeholderGroups, t)}
        {online && ` · ${t('polls.online')}`} · {timeOfDay(at, language)}
      </p>
      <p dir="auto">{text}</p>
      <div className={pollStyles['buttons']}>
        {takenBy === null ? (
          <Button size="small" onPress={() => polls.take(id)}>
            {t('polls.take')}
          </Button>
        ) : (
          <>
            <span className={styles['taken']}>{t(mine ? 'polls.taken-here' : 'polls.taken')}</span>
            <Button size="small" variant="quiet" onPress={() => polls.leave(id)}>
              {t('polls.leave')}
            </Button>
          </>
        )}
        <Button size="small" variant="quiet" onPress={() => polls.finish(id)}>
          {t('polls.done')}
        </Button>
      </div>
    </li>
  );
}
