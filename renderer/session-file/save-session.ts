import type { FileChoice, OpenedSession } from '../../src/browser/app/types.ts';
import type { Machine, SaveResult } from '../../src/core/protocol/machine.ts';
import type { Translate } from '../shared/translate.ts';
import { ownGroup, sessionFileKind, sessionFileName } from './session-file-name.ts';

/** Lets the person save what this laptop has of the open session; `size` is in bytes. */
export async function saveSession(
  session: OpenedSession,
  only: FileChoice,
  machine: Pick<Machine, 'saveFile'>,
  t: Translate,
): Promise<{ readonly name: string; readonly size: number; readonly result: SaveResult }> {
  const plan = session.plan.view.snapshot();
  const group = ownGroup(session.record, plan.groups);
  const whose =
    group === null
      ? t(`file.role-${session.record.role}`)
      : t('file.group', { number: group.number });
  const name = sessionFileName(
    plan.title === '' ? session.record.title : plan.title,
    only === 'all' ? whose : t('file.name-lacking', { whose }),
    Date.now(),
  );
  const bytes = await session.saveFile({ only });
  const kind = { ...sessionFileKind, description: t('file.kind') };
  return { name, size: bytes.length, result: await machine.saveFile(name, kind, bytes) };
}
