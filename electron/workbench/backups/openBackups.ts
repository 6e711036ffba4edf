import type { backupsCalls, BackupList, BackupReason } from "../../contract/backups.ts";
import { problemOf, toProblem, WorkbenchError } from "../../contract/errors.ts";
import type { AskedErasure } from "../../contract/disk.ts";
import type { EventListener } from "../../contract/events.ts";
import { atMost } from "../atMost.ts";
import type { RunningCapability } from "../Capability.ts";
import type { StoreClient, StoreClientOptions } from "../chats/StoreClient.ts";
import type { Notices } from "../Notices.ts";
import type { Runs } from "../runs/Runs.ts";
import { BackupClient } from "./BackupClient.ts";
import { type BackupFile, isOverdue, listBackupFiles } from "./backupFiles.ts";

export interface OpenBackupsOptions {
  home: string;
  /** The built file of the worker. */
  backupWorker: string;
  /** See `StoreClient`. */
  encryption?: StoreClientOptions["encryption"];
  store: Pick<StoreClient, "request" | "written">;
  runs: Pick<Runs, "isWriting" | "chatChanged">;
  /** Whether chats are being imported. */
  isImporting?: () => boolean;
  /** Tells everyone that the chats must be read again. */
  replaced: () => void;
  notices: Notices;
  /** Deletes what is kept of what models have read of these chats. */
  forgetRead: (chatIds: readonly string[]) => Promise<void>;
  /** Asks the user, outside the page, before all backups are deleted. By default it is refused. */
  confirmErase?: ((asked: AskedErasure) => Promise<boolean>) | undefined;
  onEvent: EventListener;
}

export interface Backups {
  /** Makes a backup if there is one that should have been replaced by now. Never rejects. */
  warmUp(): Promise<void>;
  /** Resolves once all backups are deleted. */
  deleteAll(): Promise<void>;
  /** Ends the thread that has the chats open, until it is needed again. */
  stop(): Promise<void>;
}

/** Opens the backups of the chats: made once a day while no reply is being written, listed, restored and deleted. */
export function openBackups(options: OpenBackupsOptions): RunningCapability<typeof backupsCalls, Backups> {
  const { home, store, runs, replaced, notices, forgetRead, onEvent } = options;
  const { isImporting = () => false } = options;
  const { confirmErase = () => Promise.resolve(false) } = options;
  const client = new BackupClient({
    home,
    workerPath: options.backupWorker,
    ...(options.encryption !== undefined && { encryption: options.encryption }),
  });
  let isClosed = false;
  /** One at a time: a restore must not meet a backup. */
  const inTurn = atMost(1);
  const list = (): Promise<BackupList> => client.request("list", {});
  const changed = async (): Promise<BackupList> => {
    onEvent("backups.changed", {});
    return await list();
  };
  const make = async (reason: BackupReason): Promise<void> => {
    let backupId: string | null;
    try {
      backupId = await client.request("make", { reason });
    } catch (error) {
      const { code, facts } = toProblem(error);
      // What the copy met, the store examines and mends.
      if (code === "store-failed" && facts?.["case"] === "damaged") await store.request("examine", {});
      throw error;
    }
    if (reason !== "restore") await client.request("prune", {});
    notices.withdraw("backup-not-made");
    if (backupId === null) return;
    // SQLite does not detect changed text, so every message is compared with its hash once a day.
    const count = await client.request("countDamaged", { backupId });
    if (count > 0) notices.add(problemOf("messages-damaged", { case: "counted", count }));
  };
  /** Makes a backup that nobody asked for, once no reply is being written. */
  const makeWhenIdle = (isNeeded: (made: readonly BackupFile[]) => boolean): Promise<void> =>
    inTurn(async () => {
      await noReply(runs);
      if (isClosed || !isNeeded(listBackupFiles(home))) return;
      await make("day");
      onEvent("backups.changed", {});
    }).catch((error: unknown) => {
      const { code, facts, detail } = toProblem(error);
      if (
        isClosed ||
        code === "chats-locked" ||
        code === "chat-lock-unreadable" ||
        (code === "store-failed" && facts?.["case"] === "damaged")
      )
        return;
      const why = code === "disk-full" ? { case: "diskFull" } : undefined;
      notices.add({ code: "backup-not-made", facts: why, detail });
    });
  const deleteAll = async (): Promise<void> => {
    await inTurn(() => client.request("deleteAll", {}));
    onEvent("backups.changed", {});
  };
  const today = (): string => new Date().toDateString();
  store.written.on(
    () => void makeWhenIdle((made) => !made.some(({ madeAt }) => new Date(madeAt).toDateString() === today())),
  );

  return {
    api: {
      warmUp: () => makeWhenIdle((made) => isOverdue(made, Date.now())),
      deleteAll,
      stop: () => inTurn(() => client.stop()),
    },
    handlers: {
      "backups.list": list,
      "backups.make": () =>
        inTurn(async () => {
          if (runs.isWriting) throw new WorkbenchError("backup-not-made", { case: "replying" });
          await make("asked");
          return await changed();
        }),
      "backups.restore": ({ backupId }) =>
        inTurn(async () => {
          if (runs.isWriting) throw new WorkbenchError("backup-not-restored", { case: "replying" });
          // What is stored of it would be lost with the store that has it.
          if (isImporting()) throw new WorkbenchError("backup-not-restored", { case: "importing" });
          const before = await store.request("chatIds", {});
          await make("restore");
          await store.request("restoreBackup", { backupId });
          await client.request("prune", {});
          await forgetRead(before);
          replaced();
          return await changed();
        }),
      "backups.deleteAll": async () => {
        if (await confirmErase({ kind: "backups" })) await deleteAll();
        return await list();
      },
    },
    close: async () => {
      isClosed = true;
      await client.close();
    },
  };
}

/** Resolves once no reply is being written. */
function noReply(runs: OpenBackupsOptions["runs"]): Promise<void> {
  return new Promise((resolve) => {
    if (!runs.isWriting) return resolve();
    const stop = runs.chatChanged.on(() => {
      if (runs.isWriting) return;
      stop();
      resolve();
    });
  });
}
