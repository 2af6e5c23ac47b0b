import { Button } from '../shared/button.tsx';
import { classes } from '../shared/classes.ts';
import { useLanguage, useT } from '../shared/messages.tsx';
import { SharedText } from '../shared/shared-text.tsx';
import { timeOfDay } from '../shared/time-of-day.ts';
import { useGroupParts, useGroupPart, useOutcome, usePlan } from './group-context.tsx';
import styles from './report-back-view.module.css';

/** What the group tells the plenary: its recommendations in order, and what is to be said beside. */
export function ReportBackView() {
  const t = useT();
  const { group, mayWrite } = useGroupParts();
  const accepted = useOutcome();
  const { questions } = usePlan();
  const recommendations = useGroupPart((notes) => notes.recommendations);
  const { text } = useGroupPart((notes) => notes.reportBack);
  const letters = new Map(questions.map(({ id, letter }) => [id, letter]));
  return (
    <div className={styles['view']}>
      <Readiness />
      <section className={styles['part']}>
        <h2 className={styles['heading']}>{t('report-back.say')}</h2>
        <SharedText
          value={text}
          onEdit={(typed) => accepted(group.editReportBack(typed))}
          label={t('report-back.say')}
          placeholder={t('report-back.say-placeholder')}
          look="reading"
          minRows={3}
          readOnly={!mayWrite}
        />
      </section>
      <section className={styles['part']}>
        <h2 className={styles['heading']}>
          {t('report-back.recommendations', { count: recommendations.length })}
        </h2>
        {recommendations.length === 0 ? (
          <p className={styles['none']}>{t('report-back.no-recommendations')}</p>
        ) : (
          <ol className={styles['list']}>
            {recommendations.map((recommendation, index) => (
              <li key={recommendation.id} className={styles['item']}>
                <span className={styles['number']}>{index + 1}</span>
                <div>
                  <p className={styles['text']} dir="auto">
                    {recommendation.text.trim() === ''
                      ? t('report-back.no-text')
                      : recommendation.text}
                  </p>
                  {recommendation.rationale !== '' && (
                    <p className={styles['rationale']} dir="auto">
                      {recommendation.rationale}
                    </p>
                  )}
                  <p className={styles['sources']}>
                    {recommendation.questionId !== null && (
                      <span className={styles['letter']}>
                        {letters.get(recommendation.questionId)}
                      </span>
                    )}
                    {t('report-back.from-notes', { count: recommendation.noteIds.length })}
                  </p>
                </div>
              </li>
            ))}
          </ol>
        )}
      </section>
    </div>
  );
}

/** The state in words, and the one button that changes it. */
function Readiness() {
  const t = useT();
  const language = useLanguage();
  const { group, mayWrite } = useGroupParts();
  const accepted = useOutcome();
  const { readyAt } = useGroupPart((notes) => notes.reportBack);
  const ready = readyAt !== null;
  return (
    <div className={classes(styles['readiness'], ready && styles['ready'])}>
      <p className={styles['state']} aria-live="polite">
        {ready
          ? t('report-back.ready', { time: timeOfDay(readyAt, language) })
          : t('report-back.not-ready')}
      </p>
      {mayWrite && (
        <Button
          variant={ready ? 'secondary' : 'primary'}
          size={ready ? 'medium' : 'large'}
          onPress={() => accepted(group.setReady(!ready))}
        >
          {t(ready ? 'report-back.mark-not-ready' : 'report-back.mark-ready')}
        </Button>
      )}
    </div>
  );
}
