import { useState } from 'react';
import { useStore } from 'zustand';
import type { Ticket } from '../../../src/core/protocol/ticket.ts';
import type { Group } from '../../../src/core/session/model.ts';
import { invitedTo } from '../../session/hub-store.ts';
import { Button } from '../../shared/button.tsx';
import { useT } from '../../shared/messages.tsx';
import { useView } from '../../shared/use-view.ts';
import { usePlenary } from '../plenary-context.ts';
import { Paper } from './paper.tsx';
import { Sheet } from './sheet.tsx';

interface PrintedSheet {
  readonly group: Group;
  readonly ticket: Ticket;
}

export interface PrintSheetsProps {
  /** Only this group's. */
  readonly only?: Group;
}

/**
 * Prints one page for each group. The sheets are beside the page, seen on paper only, from the press of
 * the button until the printing is over: no window opens, and nothing of them is kept.
 */
export function PrintSheets({ only }: PrintSheetsProps) {
  const t = useT();
  const { session, hub, handedOut } = usePlenary();
  const plan = useView(session.plan.view);
  const state = useStore(hub.view, (view) => view.state);
  const [sheets, setSheets] = useState<readonly PrintedSheet[] | null>(null);
  const groups = (only === undefined ? plan.groups : [only]).filter(({ id }) =>
    session.groups.has(id),
  );
  const print = (): void => {
    if (state?.openToNetwork === true) handedOut.hand(state.addresses);
    const addresses = invitedTo(state);
    const hubId = state?.hubId ?? null;
    setSheets(
      groups.map((group) => ({
        group,
        ticket: session.ticketFor({ groupId: group.id }, addresses, hubId),
      })),
    );
  };
  return (
    <>
      <Button
        size="small"
        onPress={print}
        isDisabled={groups.length === 0}
        {...(only !== undefined && { 'aria-label': t('people.print-of', { name: only.name }) })}
      >
        {t(only === undefined ? 'people.print' : 'people.print-one')}
      </Button>
      {sheets !== null && (
        <Paper onDone={() => setSheets(null)}>
          {sheets.map(({ group, ticket }) => (
            <Sheet key={group.id} group={group} ticket={ticket} title={plan.title} />
          ))}
        </Paper>
      )}
    </>
  );
}
