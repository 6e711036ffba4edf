import { rm } from "node:fs/promises";
import type { AskedErasure, diskCalls, DiskList, ErasableKind } from "../../contract/disk.ts";
import type { EventListener } from "../../contract/events.ts";
import type { Capability } from "../Capability.ts";
import type { Chats } from "../chats/openChats.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { homeParts } from "../home/homeParts.ts";
import { listDisk } from "./listDisk.ts";
import { planErase } from "./planErase.ts";

export interface DiskOptions {
  home: string;
  settings: Pick<SettingsStore, "get">;
  chats: Pick<Chats, "count" | "eraseAll">;
  /** Deletes what models have read of chats, as far as it is not in use. */
  forgetStates: () => Promise<unknown>;
  /** Asks the user, outside the page, before something is erased that cannot be had again. By default it is refused. */
  confirmErase?: ((asked: AskedErasure) => Promise<boolean>) | undefined;
  onEvent: EventListener;
}

/** Opens the list of what the app keeps on the disk, and the erasure of parts of it. */
export function openDisk(options: DiskOptions): Capability<typeof diskCalls> {
  const { home, settings, chats, forgetStates, onEvent, confirmErase = () => Promise.resolve(false) } = options;
  const list = async (): Promise<DiskList> => {
    const { linkedModels, adoptedModels } = settings.get();
    return {
      home,
      entries: await listDisk(home),
      chats: await chats.count().catch(() => null),
      linkedModels: linkedModels.length + adoptedModels.length,
    };
  };
  /** Deletes the files and folders of a kind in the home. Follows no link. */
  const removeFiles = async (kind: ErasableKind): Promise<void> => {
    for (const part of homeParts(home)) {
      if (part.kind === kind) await rm(part.path, { recursive: true, force: true });
    }
  };
  return {
    api: null,
    handlers: {
      "disk.list": list,
      "disk.erase": async ({ kind }) => {
        if (kind === "chats" && !(await confirmErase({ kind, count: await chats.count() }))) return null;
        if ((kind === "backups" || kind === "setAside") && !(await confirmErase({ kind }))) return null;
        if (kind === "chats") await chats.eraseAll();
        else if (kind === "states") await forgetStates();
        else await removeFiles(kind);
        if (kind === "connections") onEvent("network.connectionsChanged", {});
        return await list();
      },
      "disk.planErase": () => planErase(home),
    },
  };
}
