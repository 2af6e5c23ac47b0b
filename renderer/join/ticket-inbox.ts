import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Handover, OpenedFile } from '../../src/core/protocol/machine.ts';

/** What stands in the field of the join screen, from wherever it came. */
export interface TicketDraft {
  readonly text: string;
  /** Why a file's content does not stand there. */
  readonly fault: 'file' | 'too-large' | null;
}

export interface TicketInbox {
  readonly draft: StoreApi<TicketDraft>;
  readonly type: (text: string) => void;
  readonly takeFile: (file: OpenedFile) => void;
  readonly refuseFile: (fault: NonNullable<TicketDraft['fault']>) => void;
  readonly take: (handover: Handover) => void;
}

/** Far more than any ticket: a larger file is something else, dropped by mistake. */
const MAX_TICKET_FILE_BYTES = 64 * 1024;

export function createTicketInbox(): TicketInbox {
  const draft = createStore<TicketDraft>(() => ({ text: '', fault: null }));
  const type = (text: string): void => draft.setState({ text, fault: null });
  const refuseFile = (fault: NonNullable<TicketDraft['fault']>): void =>
    draft.setState({ text: '', fault });
  const takeFile = ({ bytes }: OpenedFile): void => {
    if (bytes.length > MAX_TICKET_FILE_BYTES) refuseFile('too-large');
    else type(new TextDecoder().decode(bytes).trim());
  };
  return {
    draft,
    type,
    refuseFile,
    takeFile,
    take: (handover) => (handover.kind === 'link' ? type(handover.link) : takeFile(handover.file)),
  };
}
