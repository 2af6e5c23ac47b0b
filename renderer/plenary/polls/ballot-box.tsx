import type { Plan } from '../../../src/core/session/model.ts';
import type { Poll } from '../../../src/core/session/voting-model.ts';
import { useMachine } from '../../app-context.tsx';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { useNotices } from '../../shared/toast-region.tsx';
import { useVotingDesk } from './voting-desk-context.ts';
import styles from './polls.module.css';

/** The ballots without their voters, for anybody to count again; and the sum that proves them. */
export function BallotBoxLine({ poll, plan }: { readonly poll: Poll; readonly plan: Plan }) {
  const t = useT();
  const machine = useMachine();
  const notices = useNotices();
  const desk = useVotingDesk();
  const result = plan.voting.results[poll.id];

  async function save(): Promise<void> {
    const box = (await desk?.exportBox(poll.id)) ?? null;
    if (box === null) {
      notices.complain(t('polls.box-failed'));
      return;
    }
    const name = `ballots-${box.checksum.slice(0, 8)}.csv`;
    const kind = { description: t('polls.box-kind'), mediaType: 'text/csv', extension: '.csv' };
    const saved = await machine.saveFile(name, kind, new TextEncoder().encode(box.text));
    if (saved.ok) notices.say(t('polls.box-saved', { name }));
    else if (saved.reason !== 'cancelled') notices.complain(t('polls.box-failed'));
  }
  if (result === undefined && desk === null) return null;
  return (
    <footer className={styles['box']}>
      {result !== undefined && (
        <span>
          {t('polls.box', { count: result.count })}{' '}
          <code className={styles['checksum']}>{result.checksum.slice(0, 16)}…</code>
        </span>
      )}
      {desk !== null && (
        <Button size="small" variant="quiet" icon="file" onPress={() => void save()}>
          {t('polls.box-save')}
        </Button>
      )}
    </footer>
  );
}
