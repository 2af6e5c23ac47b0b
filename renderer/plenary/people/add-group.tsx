import { type FormEvent, useState } from 'react';
import { MAX_GROUPS } from '../../../src/core/session/plan-input.ts';
import { Button } from '../../shared/button.tsx';
import { Checkbox } from '../../shared/checkbox.tsx';
import { useT } from '../../shared/messages.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { useNotices } from '../../shared/toast-region.tsx';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import styles from './people.module.css';

/** A group that nobody had planned for: late comers, or people on the internet. */
export function AddGroup() {
  const t = useT();
  const notices = useNotices();
  const { session } = usePlenary();
  const { groups, readOnly } = useView(session.plan.view);
  const [name, setName] = useState('');
  const [online, setOnline] = useState(false);
  const [working, setWorking] = useState(false);
  if (groups.length >= MAX_GROUPS) {
    return <p className={styles['help']}>{t('plenary.groups-full', { count: MAX_GROUPS })}</p>;
  }
  const add = async (): Promise<void> => {
    setWorking(true);
    try {
      const id = await session.addGroup(name.trim(), online);
      if (id === null) {
        notices.complain(t(readOnly ? 'refusal.read-only' : 'refusal.not-allowed'));
        return;
      }
      notices.say(t('plenary.group-added', { group: name.trim() }));
      setName('');
      setOnline(false);
    } finally {
      setWorking(false);
    }
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '' && !working) void add();
  };
  return (
    <form className={styles['add']} onSubmit={onSubmit}>
      <TextField label={t('plenary.new-group')} value={name} onChange={setName} characters={24} />
      <Checkbox isSelected={online} onChange={setOnline}>
        {t('plenary.group-online')}
      </Checkbox>
      <Button type="submit" icon="plus" isDisabled={name.trim() === '' || working}>
        {t('plenary.add-group')}
      </Button>
    </form>
  );
}
