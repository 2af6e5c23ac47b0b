import { useStore } from 'zustand';
import { plainAddress } from '../../session/hub-store.ts';
import { usePlenary } from '../plenary-context.ts';

/** "http://192.168.4.20:4711": what a phone opens. */
export const phoneAddress = (address: string): string => `http://${plainAddress(address)}`;

const none: readonly string[] = [];

/** Where phones reach the plenary laptop, the likeliest first; none while it is not open to them. */
export function usePhoneAddresses(): readonly string[] {
  const { session, hub } = usePlenary();
  const own = useStore(hub.view, ({ state }) =>
    state?.openToNetwork === true ? state.addresses : none,
  );
  return session.record.plenary ? own : session.record.addresses;
}
