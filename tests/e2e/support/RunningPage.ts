import type { Page } from "@playwright/test";
import type { Events } from "../../../electron/contract/events.ts";

/** The page with a workbench behind it: the app's own window, or the same page in another Chromium. */
export interface RunningPage {
  page: Page;
  /** The home folder; a new one for each start unless one was given. */
  home: string;
  /** The origin of the page. */
  origin: string;
  /** Sends the page an event as main would. */
  tell<Name extends keyof Events>(name: Name, data: Events[Name]): Promise<void>;
  /** Starts recording what the page tries to reach beyond its own files. Resolves with a function that returns it. */
  watch(): Promise<() => Promise<string[]>>;
  /** Quits as a user does, and keeps the home for the next start. */
  quit(): Promise<void>;
  /** If the test failed, attaches a screenshot of the window and the app's output. */
  attachFailure(): Promise<void>;
  /** Does the same, quits if it is still running, and deletes its home. */
  close(): Promise<void>;
}

export interface PageOptions {
  /** The home folder of an earlier start, to be used again. */
  home?: string;
  /** Whether the model writes what the test provides (writeReplies.ts) instead of R1 Nano's own replies. */
  writes?: boolean;
  /** Whether the machine's speed is estimated when it is idle, as it is for a user. */
  estimates?: boolean;
  /** False: never records a trace, because its snapshots of the page would be the longest tasks. */
  traces?: boolean;
}
