import type { Connection, NetworkState } from "../../electron/contract/network.ts";
import type { NetworkAccess } from "../../electron/workbench/network/NetworkAccess.ts";
import type { Network } from "../../electron/workbench/network/openNetwork.ts";
import { Signal } from "../../electron/workbench/Signal.ts";

export interface TestNetwork extends NetworkAccess, Pick<Network, "freshState"> {
  /** The latest description of each connection, in the order in which they began. */
  recorded: () => Connection[];
  turn: (state: Partial<NetworkState>) => void;
}

/** A network that is online until it is turned off. */
export function testNetwork(): TestNetwork {
  let state: NetworkState = { isOffline: false, isForced: false };
  const turnedOffline = new Signal<void>();
  const byId = new Map<string, Connection>();
  return {
    state: () => state,
    freshState: () => Promise.resolve(state),
    onOffline: (listener) => turnedOffline.on(listener),
    record: (connection) => byId.set(connection.id, connection),
    recorded: () => [...byId.values()],
    turn: (change) => {
      state = { ...state, ...change };
      if (state.isOffline) turnedOffline.emit();
    },
  };
}

/** What a request needs that is about nothing else. */
export const forTest = () => ({ network: testNetwork(), reason: { code: "search", facts: { words: "r1" } } }) as const;
