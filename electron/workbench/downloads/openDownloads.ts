import type { ComponentName } from "../../contract/componentNames.ts";
import type { Download, downloadsCalls } from "../../contract/downloads.ts";
import type { EventListener } from "../../contract/events.ts";
import type { RunningCapability } from "../Capability.ts";
import type { CatalogNames } from "../catalog/catalogNames.ts";
import { componentsFolder } from "../components/componentFolder.ts";
import { expectOnline } from "../network/expectOnline.ts";
import type { Network } from "../network/openNetwork.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { mayHavePlans } from "./DownloadPlan.ts";
import { DownloadsClient, type DownloadsClientOptions } from "./DownloadsClient.ts";

interface Options
  extends Pick<DownloadsClientOptions, "home" | "modelsFolder" | "releases" | "hub" | "resolveProxy" | "onArrived"> {
  downloadWorker: string;
  /** For tests: disk reserve and waits. */
  downloadTuning: Pick<DownloadsClientOptions, "reserveBytes" | "waits"> | undefined;
  settings: Pick<SettingsStore, "get" | "changed">;
  network: Pick<Network, "state" | "record" | "changed">;
  nameOf: CatalogNames;
  onEvent: EventListener;
}

export interface Downloads {
  /** Queues a component. Rejects with `offline`, or with the queue's errors. */
  startComponent(name: ComponentName): Promise<Download>;
  /** Removes the completed download of a file that is deleted from the list. */
  forget(path: string): Promise<void>;
}

/** Opens the downloads, which fetch models from the hub into the models folder, and components. */
export function openDownloads(given: Options): RunningCapability<typeof downloadsCalls, Downloads> {
  const { downloadWorker, downloadTuning, settings, network, onEvent, nameOf, ...options } = given;
  // One name for a model everywhere.
  const named = async (download: Download): Promise<Download> => {
    const name = download.file && (await nameOf(download.file));
    return name === null ? download : { ...download, name };
  };
  const allNamed = (list: readonly Download[]): Promise<Download[]> => Promise.all(list.map(named));
  const downloads = new DownloadsClient({
    ...options,
    ...downloadTuning,
    network,
    nameOf,
    workerPath: downloadWorker,
    bytesPerSecond: () => settings.get().downloadBytesPerSecond,
    onChanged: (list) => void allNamed(list).then((all) => onEvent("downloads.changed", all)),
  });
  network.changed.on((state) => downloads.offline(state));
  settings.changed.on(({ downloadBytesPerSecond }) => downloads.limit(downloadBytesPerSecond));
  return {
    api: {
      startComponent: async (name) => {
        expectOnline(network.state());
        return await downloads.request("startComponent", { name });
      },
      forget: (path) => downloads.forget(path),
    },
    handlers: {
      "downloads.list": async () => {
        // Each start asks, and most have nothing to list, for which no worker need start.
        const may = await Promise.all([options.modelsFolder, componentsFolder(options.home)].map(mayHavePlans));
        if (!may.includes(true) && !downloads.isRunning) return [];
        return await allNamed(await downloads.request("list", {}));
      },
      "downloads.start": async (params) => {
        expectOnline(network.state());
        return await named(await downloads.request("start", params));
      },
      "downloads.pause": (params) => downloads.request("pause", params),
      "downloads.resume": async (params) => {
        expectOnline(network.state());
        return await downloads.request("resume", params);
      },
      "downloads.cancel": (params) => downloads.request("cancel", params),
      "downloads.move": (params) => downloads.request("move", params),
    },
    close: () => downloads.close(),
  };
}
