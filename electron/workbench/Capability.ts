import type { Handlers, Registry } from "../contract/calls.ts";

/** What each `open<Capability>` returns. */
export interface Capability<Calls extends Registry, Api = null> {
  /** What the other capabilities may use. */
  api: Api;
  /** The handlers of its calls. */
  handlers: Handlers<Calls>;
}

/** A capability that works between its calls. */
export interface RunningCapability<Calls extends Registry, Api = null> extends Capability<Calls, Api> {
  /** Ends everything that it is doing. */
  close: () => Promise<void>;
}
