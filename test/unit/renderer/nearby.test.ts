import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHubStore } from '../../../renderer/session/hub-store.ts';
import type { OpenWish } from '../../../renderer/session/open-wish.ts';
import { watchNearby } from '../../../renderer/session/use-nearby.ts';
import type { SessionRecord } from '../../../src/browser/app/types.ts';
import { documentKeyFrom } from '../../../src/core/protocol/document-key.ts';
import type {
  AnnouncedSession,
  FoundHub,
  HubResult,
  HubState,
} from '../../../src/core/protocol/machine.ts';
import { sessionTag } from '../../../src/core/protocol/session-tag.ts';
import type { GroupId, SessionId } from '../../../src/core/session/ids.ts';

const plan = documentKeyFrom(new Uint8Array(32).fill(7));
const tag = sessionTag(plan.documentId);
const record: SessionRecord = {
  sessionId: 'session' as SessionId,
  title: 'IoT security by design',
  role: 'facilitator',
  groupId: null,
  plenary: false,
  plan,
  groups: new Map(),
  addresses: [],
  createdAt: 0,
  openedAt: 0,
};
const plenaryHub: FoundHub = {
  hubId: 'plenary',
  plenary: true,
  sessions: [tag],
  addresses: ['ws://192.168.4.20:4711'],
};
const stranger: FoundHub = { ...plenaryHub, hubId: 'stranger', sessions: ['bbbbbbbbbbbb'] };

const noWish: OpenWish = {
  holds: () => false,
  keep: () => undefined,
  share: () => undefined,
  forget: () => undefined,
};

/** A hub that can be changed and taken away, and a session that writes down what it is told. */
function laptop(change: Partial<SessionRecord> = {}) {
  let state: HubState | null = {
    localUrl: 'ws://localhost:4710',
    openToNetwork: false,
    addresses: [],
    hubId: 'one',
    found: [],
  };
  const announced: (readonly AnnouncedSession[])[] = [];
  const told: { nearby?: readonly FoundHub[]; ownHub?: string | null }[] = [];
  const answer = async (): Promise<HubResult> =>
    state === null ? { ok: false, reason: 'not-running' } : { ok: true, state };
  const hub = createHubStore(
    {
      hubState: answer,
      openToNetwork: answer,
      closeToNetwork: answer,
      announce(sessions) {
        announced.push(sessions);
        return answer();
      },
    },
    noWish,
  );
  const stop = watchNearby(
    {
      record: { ...record, ...change },
      setNearby: (nearby) => void told.push({ nearby }),
      setOwnHub: (ownHub) => void told.push({ ownHub }),
    },
    hub,
  );
  return {
    announced,
    told,
    stop,
    become: (next: Partial<HubState> | null) => {
      state = next === null || state === null ? null : { ...state, ...next };
    },
    begin: (next: HubState) => void (state = next),
    state: () => state,
  };
}
const look = (times = 1): Promise<unknown> => vi.advanceTimersByTimeAsync(3_000 * times);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('while a session is open', () => {
  it('its laptop is named on the network, and no longer when it is closed', async () => {
    const { announced, stop } = laptop({ plenary: true });
    await look(20);
    expect(announced).toEqual([[{ tag, plenary: true }]]);
    stop();
    await look(20);
    expect(announced).toEqual([[{ tag, plenary: true }], []]);
  });

  it('is named as before too, for laptops that have not heard that access was taken back', async () => {
    const former = [8, 9].map((byte) => ({
      part: null,
      key: documentKeyFrom(new Uint8Array(32).fill(byte)),
    }));
    const ofGroup = {
      part: 'g' as GroupId,
      key: documentKeyFrom(new Uint8Array(32).fill(10)),
    };
    const ofReport = {
      part: 'report' as const,
      key: documentKeyFrom(new Uint8Array(32).fill(11)),
    };
    const { announced, stop } = laptop({ retired: [...former, ofGroup, ofReport] });
    await look();
    expect(announced.at(-1)?.map((one) => one.tag)).toEqual([
      tag,
      ...former.toReversed().map(({ key }) => sessionTag(key.documentId)),
    ]);
    stop();
  });

  it('it is told of its other laptops within 3 s, each time once, and of nobody else', async () => {
    const { told, become, stop } = laptop();
    become({ found: [stranger] });
    await look();
    expect(told).toEqual([]);
    become({ found: [stranger, plenaryHub] });
    await look(5);
    expect(told).toEqual([{ nearby: [plenaryHub] }]);
    become({ found: [] });
    await look(5);
    expect(told.slice(1)).toEqual([{ nearby: [] }]);
    stop();
  });

  it('its own hub takes part while it is open to the network', async () => {
    const { told, become, stop } = laptop();
    await look();
    expect(told).toEqual([]);
    become({ openToNetwork: true });
    await look(2);
    become({ openToNetwork: false });
    await look(2);
    expect(told).toEqual([{ ownHub: 'ws://localhost:4710' }, { ownHub: null }]);
    stop();
  });

  it("the plenary laptop's own hub always takes part, wherever it is started anew", async () => {
    const { told, become, stop } = laptop({ plenary: true });
    await look();
    become({ localUrl: 'ws://localhost:50123', hubId: 'two' });
    await look();
    expect(told).toEqual([{ ownHub: 'ws://localhost:4710' }, { ownHub: 'ws://localhost:50123' }]);
    stop();
  });

  it('a hub that was started anew is told again, also one that was away at first', async () => {
    const { announced, told, begin, become, state, stop } = laptop();
    await look();
    become({ found: [plenaryHub] });
    await look();
    const before = state();
    if (before === null) throw new Error('no state');
    become(null);
    await look(3);
    // What was found is still worth a try.
    expect(told).toEqual([{ nearby: [plenaryHub] }]);
    begin({ ...before, hubId: 'two' });
    await look(3);
    expect(announced).toEqual([[{ tag, plenary: false }], [{ tag, plenary: false }]]);
    stop();
  });
});
