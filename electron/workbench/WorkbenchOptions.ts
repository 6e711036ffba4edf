import type { AskedErasure } from "../contract/disk.ts";
import type { EventListener } from "../contract/events.ts";
import type { InstallKind } from "../contract/updates.ts";
import type { MachineProfile } from "../contract/hardware.ts";
import type { AppPaths } from "./appPaths.ts";
import type { Clock } from "./idleTimer.ts";
import type { LoadClocks } from "./benchmark/LoadWatch.ts";
import type { PlainChats } from "./chats/PlainChats.ts";
import type { DownloadWaits } from "./downloads/downloadWaits.ts";
import type { FaultLog } from "./faults/FaultLog.ts";
import type { Secrets } from "./hub/HubToken.ts";
import type { ResolveProxy } from "./network/proxyAddress.ts";
import type { ReplyWaits } from "./servers/replyWaits.ts";
import type { ReleaseServerOptions } from "./updates/ReleaseServer.ts";
import type { UpdateSource } from "./updates/UpdateSource.ts";

export interface WorkbenchOptions
  extends Pick<
    AppPaths,
    | "builtInModels"
    | "catalogFile"
    | "componentsFile"
    | "engine"
    | "storeWorker"
    | "backupWorker"
    | "lockWorker"
    | "workerHost"
    | "downloadWorker"
    | "hashWorker"
    | "exportWorker"
    | "importWorker"
    | "documentReader"
    | "folderLister"
    | "serverKeeper"
    | "manifest"
    | "memoryReads"
  > {
  /** The only folder that the app writes to. */
  home: string;
  onEvent?: EventListener;
  /** Whether this is the app, which completes what an earlier start of it began. If left out, as on the terminal, not. */
  isApp?: boolean;
  /** Where the hub's token may be stored. Provided by the desktop app. */
  secrets?: Secrets;
  /**
   * Asks the user, outside the page, before the first connection to a hub that only the settings name. If left out, as
   * on the terminal, such a hub is refused.
   */
  confirmHub?: (origin: string) => Promise<boolean>;
  /**
   * Asks the user, outside the page, before a server on another machine is added. If left out, such a server is refused.
   */
  confirmServer?: (origin: string) => Promise<boolean>;
  /**
   * Asks the user, outside the page, before llama-server is given workers on other machines. If left out, they are refused.
   */
  confirmWorkers?: (addresses: readonly string[]) => Promise<boolean>;
  /** Resolves once the windows have saved what was typed. If left out, there are none. */
  saveTyped?: () => Promise<void>;
  /** Asks the user, outside the page, before chats are erased as a whole. If left out, they are not. */
  confirmErase?: (asked: AskedErasure) => Promise<boolean>;
  /** Where newer versions of the app are found, and how this one was installed. If left out, none are looked for. */
  updates?: { source: UpdateSource | null; install: InstallKind; waits?: ReleaseServerOptions["waits"] };
  /** Whether nothing may connect, whatever the settings say. By default, if `R1_OFFLINE` is set. */
  offline?: boolean;
  /** Returns the operating system's proxies as PAC entries. Proxies from the environment come first. */
  resolveProxy?: ResolveProxy;
  /** For tests: the disk space that downloads leave free, and how long they wait. */
  downloadTuning?: { reserveBytes?: number; waits?: Partial<DownloadWaits> };
  /** For tests: how long servers may take, and how requests are repeated. */
  serverWaits?: ReplyWaits;
  /** For tests: another clock for locking the chats after some time. */
  clock?: Clock;
  /** For tests: another power source. */
  power?: () => Promise<MachineProfile["power"]>;
  /** For tests: processor times, which show how busy other programs keep the machine during a tuning. */
  loadClocks?: LoadClocks;
  /** Moves a file to the system's trash. If left out, as on the terminal, no model can be deleted. */
  trash?: (path: string) => Promise<void>;
  /** Records which chats crashed the page. By default, read from the home folder. */
  plainChats?: PlainChats;
  /** Where stacks and the engine's own messages are logged. By default, a log in the home folder. */
  faults?: FaultLog;
}
