import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/** A model file on the hub. For a split model the path is its first part; all parts are one download. */
export const hubFileSchema = z.object({
  /** As the hub writes it: "owner/name". */
  repo: z.string().min(3).max(200),
  /** Branch, tag or commit. The download pins the commit it finds there. */
  revision: z.string().min(1).max(200).default("main"),
  /** Inside the repository, with forward slashes. */
  path: z.string().min(1).max(1000),
});
export type HubFile = z.output<typeof hubFileSchema>;

/**
 * A download's life:
 *
 *   queued ─▶ starting ─▶ running ─▶ verifying ─▶ done
 *                 ▲       ▲  │  ▲        │
 *                 │       │  ▼  └────────┘ some bytes were bad
 *                 │     retrying
 *                 └── running, verifying: the file changed on the hub
 *   starting, running, retrying, verifying ─▶ failed
 *   any but done and failed ─▶ paused
 *   paused, failed ─(resume)─▶ queued
 *
 * Cancelling takes it off the list and deletes its parts. What was received is kept in every other state.
 */
export type DownloadStatus =
  /** 1 is the next to start. */
  | { state: "queued"; position: number }
  /** Asks the hub for commit, sizes and hashes; checks the disk; reads again what an earlier run left. */
  | { state: "starting" }
  /** `quietSeconds` counts up while no byte arrives, and is 0 while bytes flow. */
  | { state: "running"; quietSeconds: number }
  /** The connection was lost, or the hub asked to wait. `retryAt` is a time in ms since 1970. */
  | { state: "retrying"; attempt: number; retryAt: number; problem: Problem }
  | { state: "verifying"; fraction: number }
  /** `left-over`: an earlier run of the app ended before it was done. */
  | { state: "paused"; reason: "user" | "disk-full" | "left-over"; problem: Problem | null }
  | { state: "failed"; problem: Problem }
  /** Path and hash of the first part. `verified`: every part's hash is the one that the hub states. */
  | { state: "done"; path: string; sha256: string; verified: boolean };

export interface Download {
  id: string;
  /** The file's name without ending and part number. */
  name: string;
  file: HubFile;
  /** The commit that every part is taken from; null until the hub has said. */
  commit: string | null;
  /** How many files the model is split into. */
  parts: number;
  /** Of all parts; null until the hub has said. */
  sizeBytes: number | null;
  /** Good bytes on the disk. Never above `sizeBytes`; goes back only when bytes turn out bad, and `status` says so. */
  receivedBytes: number;
  /** Over the last seconds; null while nothing flows. */
  bytesPerSecond: number | null;
  secondsLeft: number | null;
  /** Why it had to begin anew, if it had to; it goes on all the same. */
  restarted: Problem | null;
  status: DownloadStatus;
}

const downloadId = z.string().min(1).max(64);

export const downloadsCalls = {
  /** In the order they will run; what is done or failed comes last. */
  "downloads.list": call<Download[]>()(z.object({})),
  /**
   * Queues a model file. One that is under way already is answered as it is. `acceptUnverified`: the person agreed to
   * a file whose hash the hub does not state.
   */
  "downloads.start": call<Download>()(z.object({ file: hubFileSchema, acceptUnverified: z.boolean().default(false) })),
  "downloads.pause": call<null>()(z.object({ downloadId })),
  /** Also "Finish" for a left-over and "Try again" for a failed one. */
  "downloads.resume": call<null>()(z.object({ downloadId })),
  /** Deletes its parts. For a download that is done: only takes it off the list. */
  "downloads.cancel": call<null>()(z.object({ downloadId })),
  /** Moves a waiting download to a position in the queue; 1 is the next to start. */
  "downloads.move": call<null>()(z.object({ downloadId, position: z.number().int().min(1).max(1000) })),
};
