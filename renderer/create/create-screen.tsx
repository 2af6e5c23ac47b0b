import { type FormEvent, useCallback, useState } from 'react';
import { useAppParts, useGo } from '../app-context.tsx';
import { homeOf } from '../session/places.ts';
import { Button } from '../shared/button.tsx';
import { Checkbox } from '../shared/checkbox.tsx';
import { Kbd } from '../shared/kbd.tsx';
import { useT } from '../shared/messages.tsx';
import { Notice } from '../shared/notice.tsx';
import { Page } from '../shared/page.tsx';
import { TextField } from '../shared/text-field.tsx';
import {
  AgendaSection,
  type ChangeForm,
  ChoiceSection,
  GroupSection,
  QuestionSection,
} from './form-sections.tsx';
import { prefilledIn } from './prefilled.ts';
import { formFaults, planInputOf, prefilledForm, type SessionForm } from './session-form.ts';
import styles from './create-screen.module.css';

/** The short form from which a session is made. */
export function CreateScreen() {
  const t = useT();
  const [form, setForm] = useState(() => prefilledForm(prefilledIn(t)));
  /** Faults are shown once a person has said that the form is done, and then as they are mended. */
  const [tried, setTried] = useState(false);
  const { create, working, refusal } = useCreate();
  const faults = formFaults(form);
  const shown = tried ? faults : null;
  const change = useCallback<ChangeForm>(
    (changed) => setForm((before) => ({ ...before, ...changed(before) })),
    [],
  );

  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (faults.all.length === 0) create(form);
  };

  return (
    <Page title={t('create.title')} width="wide">
      <p className={styles['lead']}>{t('create.lead')}</p>
      <form className={styles['form']} noValidate onSubmit={onSubmit}>
        <section className={styles['section']}>
          <h2 className={styles['heading']}>{t('create.about')}</h2>
          <TextField
            label={t('create.name')}
            focusFirst
            value={form.title}
            onChange={(title) => change(() => ({ title }))}
            error={shown?.title ? t(`plan-fault.${shown.title}`) : null}
          />
          <TextField
            label={t('create.description')}
            description={t('create.description-help')}
            multiline
            value={form.description}
            onChange={(description) => change(() => ({ description }))}
          />
        </section>
        <p className={styles['keys']}>
          {t('create.row-keys')} <Kbd keys="Alt+↑" /> <Kbd keys="Alt+↓" />
        </p>
        <QuestionSection
          rows={form.questions}
          fault={shown?.questions ?? null}
          strict={tried}
          onChange={change}
        />
        <GroupSection
          rows={form.groups}
          fault={shown?.groups ?? null}
          strict={tried}
          onChange={change}
        />
        <AgendaSection
          rows={form.agenda}
          fault={shown?.agenda ?? null}
          strict={tried}
          onChange={change}
        />
        <ChoiceSection list="stakeholder-group" rows={form.stakeholderGroups} onChange={change} />
        <ChoiceSection list="region" rows={form.regions} onChange={change} />
        <section className={styles['section']}>
          <Checkbox
            isSelected={form.attribution}
            onChange={(attribution) => change(() => ({ attribution }))}
            aria-describedby="attribution-help"
          >
            {t('create.attribution')}
          </Checkbox>
          <p id="attribution-help" className={styles['help']}>
            {t('create.attribution-help')}
          </p>
        </section>
        <div className={styles['end']} aria-live="polite">
          {shown !== null && shown.all.length > 0 && (
            <div className={styles['faults']}>
              <p>{t('create.to-correct', { count: shown.all.length })}</p>
              <ul>
                {shown.all.map((fault) => (
                  <li key={fault}>{t(`plan-fault.${fault}`)}</li>
                ))}
              </ul>
            </div>
          )}
          {refusal !== null && <Notice tone="bad">{t(`create-fault.${refusal}`)}</Notice>}
        </div>
        <div>
          <Button type="submit" variant="primary" size="large" isDisabled={working}>
            {t('create.submit')}
          </Button>
        </div>
      </form>
    </Page>
  );
}

type Refusal = 'invalid' | 'no-space' | 'storage-blocked';

function useCreate() {
  const { app } = useAppParts();
  const go = useGo();
  const [working, setWorking] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const run = async (form: SessionForm): Promise<void> => {
    setWorking(true);
    try {
      const result = await app.create(planInputOf(form));
      if (result.ok) go(homeOf(result.record));
      else setRefusal(result.reason);
    } finally {
      setWorking(false);
    }
  };
  return { create: (form: SessionForm): void => void run(form), working, refusal };
}
