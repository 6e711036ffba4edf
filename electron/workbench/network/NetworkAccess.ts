import type { Connection, NetworkState } from "../../contract/network.ts";

/** What every part that connects must have: whether it may, and where it records that it did. */
export interface NetworkAccess {
  state(): NetworkState;
  /** Subscribes to Offline being turned on. Returns a function that unsubscribes. */
  onOffline(listener: () => void): () => void;
  /** Records a connection, or what has changed since it was recorded. */
  record(connection: Connection): void;
}
