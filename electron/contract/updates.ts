import { z } from "zod";
import { call } from "./call.ts";
import type { Problem } from "./errors.ts";

/**
 * How this copy of the app was installed, which decides what an update is. The first three can be replaced by the app
 * itself.
 */
export const installKinds = ["appimage", "nsis", "mac", "deb", "rpm", "folder", "portable", "development"] as const;
export type InstallKind = (typeof installKinds)[number];

/** A newer version, as its signed description tells. */
export interface Release {
  version: string;
  /** Such as "2026-11-28". */
  date: string;
  /** Plain text. */
  notes: string;
  /** The address of its page. */
  page: string;
  /** The file for this copy of the app, or null if the release has none. */
  file: { name: string; sizeBytes: number } | null;
}

/**
 * The lifecycle of an update:
 *
 *   idle ─▶ waiting ─▶ checking ─▶ current
 *                          └─────▶ available ─▶ waiting ─▶ downloading ─▶ ready
 *   waiting, checking, downloading ─▶ failed
 *
 * `waiting`: until no reply is being written, nothing is measured and no model is downloaded. `ready`: it is installed
 * when the app quits, if `onQuit`.
 */
export type UpdateStatus =
  | { state: "idle" | "checking" | "current" }
  | { state: "waiting"; for: "check" | "download" }
  | { state: "available"; release: Release }
  | { state: "downloading"; release: Release; receivedBytes: number }
  | { state: "ready"; release: Release; onQuit: boolean }
  | { state: "failed"; problem: Problem; release: Release | null };

export interface UpdateState {
  /** The hosts that are asked, or null if this build has no place to ask. */
  source: { host: string; fileHosts: string[] } | null;
  install: InstallKind;
  /** When the server was last asked, in milliseconds since 1970. */
  checkedAt: number | null;
  status: UpdateStatus;
}

export const updatesCalls = {
  "updates.state": call<UpdateState>()(z.object({})),
  /** Asks at once, or as soon as nothing else is running. Does nothing while the setting is off. */
  "updates.check": call<UpdateState>()(z.object({})),
  /** Fetches the release that was found, to be installed when the app quits. Does nothing if there is none. */
  "updates.download": call<UpdateState>()(z.object({})),
  /** Gives up a download, or what waits for its turn. */
  "updates.cancel": call<UpdateState>()(z.object({})),
  /** Says whether what was fetched is installed when the app quits. */
  "updates.installOnQuit": call<UpdateState>()(z.object({ onQuit: z.boolean() })),
};
