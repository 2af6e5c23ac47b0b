import { useState } from 'react';
import type { Plan } from '../../../src/core/session/model.ts';
import { Button } from '../../shared/button.tsx';
import { Checkbox } from '../../shared/checkbox.tsx';
import { useT } from '../../shared/messages.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { FoldButton } from '../fold-button.tsx';
import { Paper } from '../people/paper.tsx';
import { usePlenary } from '../plenary-context.ts';
import { phoneAddress, usePhoneAddresses } from './phone-address.ts';
import { useLive, useVotingDesk } from './voting-desk-context.ts';
import styles from './polls.module.css';
import sheetStyles from './code-sheet.module.css';

/** Printed codes, one for each person, where one person is to have one vote. */
export function AdmissionCodes({ plan }: { readonly plan: Plan }) {
  const t = useT();
  const { polls } = usePlenary();
  const desk = useVotingDesk();
  const codes = useLive((live) => live.codes);
  const [address] = usePhoneAddresses();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState('60');
  const [printing, setPrinting] = useState(false);
  const count = Number(wanted);
  if (desk === null) return null;
  return (
    <div className={styles['fold']}>
      <FoldButton open={open} onToggle={() => setOpen(!open)}>
        {t('polls.codes')}
      </FoldButton>
      {open && (
        <>
          <p className={styles['help']}>{t('polls.codes-why')}</p>
          <Checkbox
            isSelected={plan.voting.codesNeeded}
            onChange={(needed) => polls.needCodes(needed)}
          >
            {t('polls.codes-needed')}
          </Checkbox>
          <TextField
            label={t('polls.codes-how-many')}
            inputMode="numeric"
            characters={6}
            value={wanted}
            onChange={setWanted}
          />
          <div className={styles['buttons']}>
            <Button
              size="small"
              isDisabled={!Number.isInteger(count) || count < 1 || count > 2000}
              onPress={() => desk.makeCodes(count)}
            >
              {t('polls.codes-make')}
            </Button>
            <Button size="small" isDisabled={codes.length === 0} onPress={() => setPrinting(true)}>
              {t('polls.codes-print', { count: codes.length })}
            </Button>
          </div>
        </>
      )}
      {printing && (
        <Paper onDone={() => setPrinting(false)}>
          <ul className={sheetStyles['codes']}>
            {codes.map((code) => (
              <li key={code} className={sheetStyles['code']}>
                <span>{plan.title}</span>
                <strong>{code}</strong>
                <span>{address === undefined ? '' : phoneAddress(address)}</span>
              </li>
            ))}
          </ul>
        </Paper>
      )}
    </div>
  );
}
