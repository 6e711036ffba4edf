import type { Page } from "@playwright/test";
import type { Events } from "../../../electron/contract/events.ts";

/** The page with a workbench behind it: the app's own window, or the same page in another Chromium. */
export interface RunningPage {
  page: Page;
  /** The home folder: its own for each start unless one was given. */
  home: string;
  /** Where the page comes from. */
  origin: string;
  /** Tells the page what main would. */
  tell<Name extends keyof Events>(name: Name, data: Events[Name]): Promise<void>;
  /** Notes from now on what the page tries to reach beyond its own files. Returns what tells all of it. */
  watch(): Promise<() => Promise<string[]>>;
  /** Ends it as a user does, and keeps its home for the next start. */
  quit(): Promise<void>;
  /** If the test failed: attaches the window as it is now, and what the app said. */
  attachFailure(): Promise<void>;
  /** Does the same, ends it if it still runs, and erases its home. */
  close(): Promise<void>;
}

export interface PageOptions {
  /** The home folder of an earlier start, to start again on. */
  home?: string;
  /** The model writes what the test says (writeReplies.ts) instead of R1 Nano's own words. */
  writes?: boolean;
  /** False: never a trace, whose snapshots of the page would be the longest tasks of all. */
  traces?: boolean;
}
