import type { EventListener } from "../../contract/events.ts";
import type { Connection, NetworkState, networkCalls } from "../../contract/network.ts";
import type { Capability } from "../Capability.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { Signal } from "../Signal.ts";
import { Ledger } from "./Ledger.ts";
import type { NetworkAccess } from "./NetworkAccess.ts";
import { RefusedAttempts } from "./RefusedAttempts.ts";

interface Options {
  home: string;
  settings: Pick<SettingsStore, "get" | "changed" | "readAgain">;
  /** Whether the app was started offline, which no setting changes. */
  isForced: boolean;
  onEvent: EventListener;
}

export interface Network extends NetworkAccess {
  /** Emits when Offline is turned on or off. */
  readonly changed: Signal<NetworkState>;
  /** Resolves with the state after a look at what another process, such as the app, may have turned on meanwhile. */
  freshState(): Promise<NetworkState>;
  /** Records that something in the window tried to connect to a host, and was refused. */
  recordRefused(host: string): void;
}

/** Opens the network: the Offline switch, and the record of all connections. */
export function openNetwork({ home, settings, isForced, onEvent }: Options): Capability<typeof networkCalls, Network> {
  const ledger = new Ledger(home);
  const state = (): NetworkState => ({ isOffline: isForced || settings.get().offline, isForced });
  const changed = new Signal<NetworkState>();
  let before = state();
  settings.changed.on(() => {
    const now = state();
    if (now.isOffline === before.isOffline) return;
    before = now;
    changed.emit(now);
    onEvent("network.changed", now);
  });
  const record = (connection: Connection): void => {
    ledger.add(connection);
    onEvent("network.connectionsChanged", {});
  };
  const refused = new RefusedAttempts(record);
  return {
    api: {
      changed,
      state,
      freshState: async () => {
        await settings.readAgain();
        return state();
      },
      onOffline: (listener) => changed.on(({ isOffline }) => isOffline && listener()),
      record,
      recordRefused: (host) => refused.add(host),
    },
    handlers: {
      "network.state": state,
      "network.connections": ({ most }) => ledger.list(most),
      "network.refused": ({ host }) => {
        refused.add(host);
        return null;
      },
      "network.clear": async () => {
        await ledger.clear();
        onEvent("network.connectionsChanged", {});
        return null;
      },
    },
  };
}
