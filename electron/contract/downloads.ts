import { z } from "zod";
import { call } from "./call.ts";
import type { ComponentName } from "./componentNames.ts";
import type { Problem } from "./errors.ts";

/** A model file on the hub. For a split model the path is its first part; all parts are one download. */
export const hubFileSchema = z.object({
  /** In the hub's notation, "owner/name". */
  repo: z.string().min(3).max(200),
  /** Branch, tag or commit. The download pins the commit that it resolves to. */
  revision: z.string().min(1).max(200).default("main"),
  /** Path within the repository, with forward slashes. */
  path: z.string().min(1).max(1000),
});
export type HubFile = z.output<typeof hubFileSchema>;

/** In characters; no command line holds more. Names are checked where the error can say what is wrong (`hubPaths.ts`). */
export const mostNameCharacters = 200_000;
const givenName = z.string().max(mostNameCharacters);
const givenFileSchema = z.object({ repo: givenName, revision: givenName.default("main"), path: givenName });

/**
 * The lifecycle of a download:
 *
 *   queued ─▶ starting ─▶ running ─▶ verifying ─▶ done
 *                 ▲       ▲  │  ▲        │  └─▶ installing ─▶ done (a component)
 *                 │       │  ▼  └────────┘ some bytes were corrupt
 *                 │     retrying
 *                 └── running, verifying: the file changed on the hub
 *   starting, running, retrying, verifying, installing ─▶ failed
 *   any but done and failed ─▶ paused
 *   paused, failed ─(resume)─▶ queued
 *
 * Cancelling removes it from the list and deletes its partial files. Received data is kept in every other state.
 */
export type DownloadStatus =
  /** Position 1 starts next. */
  | { state: "queued"; position: number }
  /** Asks the hub for the commit, sizes and hashes, checks the disk space and rereads what an earlier run left. */
  | { state: "starting" }
  /** `quietSeconds` counts up while no data arrives, and is 0 while data is arriving. */
  | { state: "running"; quietSeconds: number }
  /** The connection was lost, or the hub asked the client to wait. `retryAt` is in milliseconds since 1970. */
  | { state: "retrying"; attempt: number; retryAt: number; problem: Problem }
  | { state: "verifying"; fraction: number }
  /** A component is unpacked. */
  | { state: "installing"; fraction: number }
  /**
   * `left-over`: an earlier run of the app ended before the download was complete. `offline`: it resumes by itself when
   * Offline is turned off.
   */
  | { state: "paused"; reason: "user" | "disk-full" | "left-over" | "offline"; problem: Problem | null }
  | { state: "failed"; problem: Problem }
  /**
   * Path and hash of the first part; the path of a component is its folder. `verified` is true if the hash of every part
   * matches the one that the hub states.
   */
  | { state: "done"; path: string; sha256: string; verified: boolean };

export interface Download {
  id: string;
  /** The catalogue's name of the model, or else the file name without its extension and part number. */
  name: string;
  /** Null for a component. */
  file: HubFile | null;
  /** Null for a model. */
  component: ComponentName | null;
  /** The commit that every part is fetched from. Null until the hub has reported it. */
  commit: string | null;
  /** Number of files that the model is split into. */
  parts: number;
  /** Total size of all parts. Null until the hub has reported it. */
  sizeBytes: number | null;
  /**
   * Valid bytes on the disk. Never above `sizeBytes`. Decreases only if bytes turn out to be corrupt, which `status`
   * reports.
   */
  receivedBytes: number;
  /** Over the last few seconds. Null while no data arrives. */
  bytesPerSecond: number | null;
  secondsLeft: number | null;
  /** Why the download had to start over. Null if it did not. The download continues in either case. */
  restarted: Problem | null;
  status: DownloadStatus;
}

const downloadId = z.string().min(1).max(64);

export const downloadsCalls = {
  /** Returns the downloads in the order in which they will run. Completed and failed ones come last. */
  "downloads.list": call<Download[]>()(z.object({})),
  /**
   * Queues a model file. Returns the existing download if the file is already being downloaded. `acceptUnverified`
   * means that the user agreed to a file whose hash the hub does not state.
   */
  "downloads.start": call<Download>()(
    z.object({ file: givenFileSchema, acceptUnverified: z.boolean().default(false) }),
  ),
  "downloads.pause": call<null>()(z.object({ downloadId })),
  /** Resumes a paused or left-over download, or retries a failed one. */
  "downloads.resume": call<null>()(z.object({ downloadId })),
  /** Deletes the partial files. A completed download is only removed from the list. */
  "downloads.cancel": call<null>()(z.object({ downloadId })),
  /** Moves a queued download to another position in the queue. Position 1 starts next. */
  "downloads.move": call<null>()(z.object({ downloadId, position: z.number().int().min(1).max(1000) })),
};
