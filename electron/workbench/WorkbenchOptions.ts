import type { EventListener } from "../contract/events.ts";
import type { AppPaths } from "./appPaths.ts";
import type { LoadClocks } from "./benchmark/LoadWatch.ts";
import type { PlainChats } from "./chats/PlainChats.ts";
import type { DownloadWaits } from "./downloads/downloadWaits.ts";
import type { FaultLog } from "./faults/FaultLog.ts";
import type { Secrets } from "./hub/HubToken.ts";
import type { ResolveProxy } from "./hub/proxyAddress.ts";

export interface WorkbenchOptions
  extends Pick<
    AppPaths,
    | "builtInModels"
    | "catalogFile"
    | "engine"
    | "storeWorker"
    | "downloadWorker"
    | "hashWorker"
    | "manifest"
    | "memoryReads"
  > {
  /** The one folder for everything the app writes. */
  home: string;
  onEvent?: EventListener;
  /** Where the hub's token may be kept; the desktop offers it. */
  secrets?: Secrets;
  /**
   * Asks the person, outside the page, before the first connection to a hub that only the settings name. Left out, as on
   * the terminal: such a hub is refused.
   */
  confirmHub?: (origin: string) => Promise<boolean>;
  /** The operating system's proxies, as PAC entries; the environment's come first. */
  resolveProxy?: ResolveProxy;
  /** For tests: what downloads leave free on the disk, and how long they wait. */
  downloadTuning?: { reserveBytes?: number; waits?: Partial<DownloadWaits> };
  /** For tests: another machine's processor time, which tells how busy other programs keep it during a tuning. */
  loadClocks?: LoadClocks;
  /** Moves a file to the system's trash. Left out, as on the terminal: no model can be deleted. */
  trash?: (path: string) => Promise<void>;
  /** What the window's page died with. Left out: as the home has it. */
  plainChats?: PlainChats;
  /** Where stacks and the engine's own words go. Left out: a log in the home. */
  faults?: FaultLog;
}
