import type { Handlers, Registry } from "../contract/calls.ts";

/** What each `open<Capability>` returns. */
export interface Capability<Calls extends Registry, Api = null> {
  /** For the other capabilities. */
  api: Api;
  /** Answers its calls. */
  handlers: Handlers<Calls>;
  /** Ends what it has under way. */
  close: () => Promise<void>;
}
