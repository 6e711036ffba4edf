import type { Handlers } from "../../contract/calls.ts";
import type { downloadsCalls } from "../../contract/downloads.ts";
import type { DownloadsClient } from "./DownloadsClient.ts";

/** Answers the `downloads.*` calls. */
export function downloadsHandlers(downloads: DownloadsClient): Handlers<typeof downloadsCalls> {
  return {
    "downloads.list": () => downloads.request("list", {}),
    "downloads.start": (params) => downloads.request("start", params),
    "downloads.pause": (params) => downloads.request("pause", params),
    "downloads.resume": (params) => downloads.request("resume", params),
    "downloads.cancel": (params) => downloads.request("cancel", params),
    "downloads.move": (params) => downloads.request("move", params),
  };
}
