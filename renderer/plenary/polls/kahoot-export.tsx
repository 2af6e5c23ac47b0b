import { exportKahoot, type KahootProblem } from '../../../src/core/questionnaire/kahoot.ts';
import type { Plan } from '../../../src/core/session/model.ts';
import { useMachine } from '../../app-context.tsx';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { useNotices } from '../../shared/toast-region.tsx';
import type { Translate } from '../../shared/translate.ts';

const KIND = {
  mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  extension: '.xlsx',
} as const;

function problemWords(problem: KahootProblem, t: Translate): string {
  switch (problem.what) {
    case 'question-empty':
      return t('polls.kahoot-question-empty');
    case 'question-too-long':
      return t('polls.kahoot-question-long', {
        characters: problem.characters,
        most: problem.most,
      });
    case 'answers':
      return t('polls.kahoot-answers', { least: problem.least, most: problem.most });
    case 'answer-empty':
      return t('polls.kahoot-answer-empty', { answer: problem.answer });
    case 'answer-too-long':
      return t('polls.kahoot-answer-long', {
        answer: problem.answer,
        characters: problem.characters,
        most: problem.most,
      });
    case 'no-right-answer':
      return t('polls.kahoot-no-right');
    case 'time':
      return t('polls.kahoot-time', { allowed: problem.allowed.join(', ') });
    default:
      return problem satisfies never;
  }
}

/** The quiz's questions as a spreadsheet that Kahoot takes, for a room that insists. */
export function KahootExport({ plan }: { readonly plan: Plan }) {
  const t = useT();
  const machine = useMachine();
  const notices = useNotices();
  const questions = plan.voting.polls.filter(({ kind }) => kind === 'quiz');
  if (questions.length === 0) return null;

  async function save(): Promise<void> {
    const written = exportKahoot(questions);
    if (!written.ok) {
      const [unfit] = written.unfit;
      const [problem] = unfit?.problems ?? [];
      const question = questions.find(({ id }) => id === unfit?.id)?.question ?? '';
      const why = problem === undefined ? '' : problemWords(problem, t);
      notices.complain(t('polls.kahoot-unfit', { question, why }));
      return;
    }
    const name = 'kahoot.xlsx';
    const kind = { ...KIND, description: t('polls.kahoot-kind') };
    const saved = await machine.saveFile(name, kind, written.bytes);
    if (saved.ok) notices.say(t('polls.kahoot-saved', { name }));
    else if (saved.reason !== 'cancelled') notices.complain(t('polls.kahoot-failed'));
  }
  return (
    <div>
      <Button size="small" variant="quiet" icon="file" onPress={() => void save()}>
        {t('polls.kahoot-save', { count: questions.length })}
      </Button>
    </div>
  );
}
