import { type FormEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { Group } from '../../../src/core/session/model.ts';
import { Button } from '../../shared/button.tsx';
import { GroupBadge } from '../../shared/group-badge.tsx';
import { useT } from '../../shared/messages.tsx';
import { TextField } from '../../shared/text-field.tsx';
import { useNotices } from '../../shared/toast-region.tsx';
import { GroupStatusWords } from '../board/column-head.tsx';
import { useGroupDocuments } from '../group-documents.ts';
import { usePlenary } from '../plenary-context.ts';
import { InvitationButtons } from './invitation-buttons.tsx';
import { laptopsHere } from './laptops-here.ts';
import { LaptopsWithAccess } from './laptops-with-access.tsx';
import { PrintSheets } from './print-sheets.tsx';
import styles from './people.module.css';

const noLaptops = [] as const;

/** One group: its name, its laptops, its ticket. */
export function GroupLine({ group }: { readonly group: Group }) {
  const t = useT();
  const { session } = usePlenary();
  const [renaming, setRenaming] = useState(false);
  const laptops = useStore(
    session.status,
    ({ groups }) => groups.get(group.id)?.laptops ?? noLaptops,
  );
  const here = laptopsHere(laptops, 'facilitator');
  const document = useGroupDocuments(session).get(group.id);
  return (
    <li className={styles['line']}>
      {renaming ? (
        <Rename group={group} onDone={() => setRenaming(false)} />
      ) : (
        <span className={styles['who']}>
          <GroupBadge number={group.number} name={group.name} />
          <Button
            variant="quiet"
            size="small"
            icon="edit"
            aria-label={t('plenary.rename-group', { group: group.name })}
            onPress={() => setRenaming(true)}
          />
        </span>
      )}
      <span className={styles['contact']}>
        {document !== undefined && <GroupStatusWords group={group} document={document} />}
        {here > 0 && t('plenary.laptops-here', { count: here })}
        <LaptopsWithAccess of={group.id} whose="facilitator" name={group.name} />
      </span>
      {document === undefined ? (
        <p className={styles['help']}>{t('plenary.no-access')}</p>
      ) : (
        <InvitationButtons who={{ groupId: group.id }} name={group.name}>
          <PrintSheets only={group} />
        </InvitationButtons>
      )}
    </li>
  );
}

function Rename({ group, onDone }: { readonly group: Group; readonly onDone: () => void }) {
  const t = useT();
  const notices = useNotices();
  const { session } = usePlenary();
  const [name, setName] = useState(group.name);
  const rename = (to: string): boolean => {
    const outcome = session.plan.renameGroup(group.id, to);
    if (!outcome.ok) notices.complain(t(`refusal.${outcome.reason}`));
    return outcome.ok;
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    const before = group.name;
    if (name.trim() !== before && rename(name)) {
      notices.say(t('plenary.renamed', { group: name.trim() }), () => void rename(before));
    }
    onDone();
  };
  return (
    <form className={styles['who']} onSubmit={onSubmit}>
      <TextField
        label={t('plenary.group-name')}
        labelHidden
        value={name}
        onChange={setName}
        characters={24}
        focusFirst
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone();
        }}
      />
      <Button type="submit" size="small" keys="Enter">
        {t('plenary.rename')}
      </Button>
    </form>
  );
}
