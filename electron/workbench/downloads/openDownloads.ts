import type { downloadsCalls } from "../../contract/downloads.ts";
import type { EventListener } from "../../contract/events.ts";
import type { RunningCapability } from "../Capability.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { DownloadsClient, type DownloadsClientOptions } from "./DownloadsClient.ts";

interface Options extends Pick<DownloadsClientOptions, "modelsFolder" | "hub" | "resolveProxy" | "onArrived"> {
  downloadWorker: string;
  /** For tests: disk reserve and waits. */
  downloadTuning: Pick<DownloadsClientOptions, "reserveBytes" | "waits"> | undefined;
  settings: Pick<SettingsStore, "get" | "changed">;
  onEvent: EventListener;
}

/** Opens the downloads, which fetch models from the hub into the models folder. */
export function openDownloads(given: Options): RunningCapability<typeof downloadsCalls> {
  const { downloadWorker, downloadTuning, settings, onEvent, ...options } = given;
  const downloads = new DownloadsClient({
    ...options,
    ...downloadTuning,
    workerPath: downloadWorker,
    bytesPerSecond: () => settings.get().downloadBytesPerSecond,
    onChanged: (list) => onEvent("downloads.changed", list),
  });
  settings.changed.on(({ downloadBytesPerSecond }) => downloads.limit(downloadBytesPerSecond));
  return {
    api: null,
    handlers: {
      "downloads.list": () => downloads.request("list", {}),
      "downloads.start": (params) => downloads.request("start", params),
      "downloads.pause": (params) => downloads.request("pause", params),
      "downloads.resume": (params) => downloads.request("resume", params),
      "downloads.cancel": (params) => downloads.request("cancel", params),
      "downloads.move": (params) => downloads.request("move", params),
    },
    close: () => downloads.close(),
  };
}
