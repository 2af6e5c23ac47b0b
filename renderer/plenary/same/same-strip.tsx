import { useDeferredValue, useState } from 'react';
import { useStore } from 'zustand';
import type { MergeSuggestion } from '../../../src/core/merge/suggest-merges.ts';
import { recommendationKey } from '../../../src/core/session/provenance.ts';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { useNotices } from '../../shared/toast-region.tsx';
import { useView } from '../../shared/use-view.ts';
import type { QuestionChoice } from '../board/board-rows.ts';
import { useSettledFindings } from '../group-documents.ts';
import { joinTogether } from '../merge-decisions.ts';
import { usePlenary } from '../plenary-context.ts';
import { SameMember } from './same-member.tsx';
import { createNotTheSame } from './not-the-same.ts';
import { createSuggester, suggestionsFor } from './suggestions.ts';
import styles from './same-strip.module.css';

/** Asks about what might be the same; people decide. Shows one at a time where there is little room. */
export function SameStrip({ choice }: { readonly choice: QuestionChoice }) {
  const t = useT();
  const notices = useNotices();
  const { session, actions } = usePlenary();
  const plan = useView(session.plan.view);
  // Typing goes first: comparing hundreds of recommendations takes some tens of milliseconds.
  const findings = useDeferredValue(useSettledFindings(session));
  const [suggest] = useState(createSuggester);
  const [notTheSame] = useState(() => createNotTheSame(localStorage, session.record.sessionId));
  const settled = useStore(notTheSame.pairs);
  const [all, setAll] = useState(() => window.matchMedia('(height >= 56rem)').matches);
  const suggestions = suggestionsFor(suggest(plan, findings, settled), choice, findings);
  const shown = all ? suggestions : suggestions.slice(0, 1);
  const more = suggestions.length - 1;
  if (suggestions.length === 0 || plan.readOnly) return null;

  const words = (keys: readonly string[]): string => {
    const decision = joinTogether(keys, plan.proposals);
    if (decision.kind !== 'add') return t('plenary.same-merge');
    const place = plan.proposals.findIndex(({ id }) => id === decision.proposalId);
    return t('plenary.same-add', { number: place + 1 });
  };
  const refuse = ({ members }: MergeSuggestion): void => {
    notTheSame.add(members);
    notices.say(t('plenary.not-the-same-done'), () => notTheSame.remove(members));
  };
  return (
    <section className={styles['strip']} aria-label={t('plenary.same')}>
      <ul className={styles['lines']}>
        {shown.map((suggestion) => {
          const keys = suggestion.members.map(recommendationKey);
          return (
            <li key={keys.join(' ')} className={styles['line']}>
              <span className={styles['same']}>{t('plenary.same')}</span>
              <span className={styles['members']}>
                {suggestion.members.map((member) => (
                  <SameMember
                    key={recommendationKey(member)}
                    member={member}
                    groups={plan.groups}
                    findings={findings}
                  />
                ))}
              </span>
              <span className={styles['why']}>
                {t('plenary.same-why', {
                  count: suggestion.members.length,
                  words: suggestion.sharedWords.join(', '),
                })}
              </span>
              <Button size="small" onPress={() => actions.join(keys)}>
                {words(keys)}
              </Button>
              <Button size="small" variant="quiet" onPress={() => refuse(suggestion)}>
                {t('plenary.not-the-same')}
              </Button>
            </li>
          );
        })}
      </ul>
      {more > 0 && (
        <div className={styles['more']}>
          <Button variant="quiet" size="small" aria-expanded={all} onPress={() => setAll(!all)}>
            {all ? t('plenary.same-fewer') : t('plenary.same-more', { count: more })}
          </Button>
        </div>
      )}
    </section>
  );
}
