import type { Tally } from '../../../src/core/consensus/tally.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { usePlenary } from '../plenary-context.ts';
import styles from './polls.module.css';

/** What people wrote; the room sees what a moderator lets through. */
export function ShortTexts({ poll, tally }: { readonly poll: Poll; readonly tally: Tally }) {
  const t = useT();
  const { session, polls } = usePlenary();
  const shown = new Set(session.plan.view.snapshot().voting.shownTexts);
  return (
    <section className={styles['part']} aria-label={t('polls.texts')}>
      <p className={styles['help']}>{t('polls.texts-why')}</p>
      <ul className={styles['texts']}>
        {tally.texts.map(({ ballot, text }) => {
          const isShown = shown.has(`${poll.id}/${ballot}`);
          return (
            <li key={ballot}>
              <span dir="auto">{text}</span>
              <Button
                size="small"
                variant={isShown ? 'quiet' : 'secondary'}
                onPress={() => polls.showText(poll.id, ballot, !isShown)}
              >
                {t(isShown ? 'polls.text-hide' : 'polls.text-show')}
              </Button>
            </li>
          );
        })}
      </ul>
      {tally.texts.length === 0 && <p className={styles['help']}>{t('polls.texts-empty')}</p>}
    </section>
  );
}
