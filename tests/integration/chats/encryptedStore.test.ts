import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { BackupClient } from "../../../electron/workbench/backups/BackupClient.ts";
import { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { filesWith } from "../../support/chats/filesWith.ts";
import { testEncryption } from "../../support/chats/testEncryption.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const { storeWorker, backupWorker } = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));
const encryption = testEncryption();
const canary = "okapi canary 麒麟 words";
const model = { id: "nano", name: "R1 Nano" };

function openStore(home: string): StoreClient {
  const client = new StoreClient({ home, workerPath: storeWorker, encryption: () => encryption });
  onTestFinished(() => client.close());
  return client;
}

function openBackups(home: string): BackupClient {
  const client = new BackupClient({ home, workerPath: backupWorker, encryption: () => encryption });
  onTestFinished(() => client.close());
  return client;
}

/** Adds a chat of some pages, so that also what SQLite moves to the log and between pages is looked at. */
async function addChat(client: StoreClient, answers: number): Promise<string> {
  const { id: chatId } = await client.request("createChat", { thinking: "on", modelId: null });
  for (let index = 0; index < answers; index++) {
    const { reply } = await client.request("beginTurn", { chatId, text: `${canary} ${index}`, model });
    const text = `${canary} ${"answer ".repeat(200)}`;
    await client.request("finishReply", {
      messageId: reply.id,
      text,
      thought: canary,
      state: "done",
      stats: null,
      problem: null,
    });
  }
  return chatId;
}

it("keeps, finds and backs up chats, and none of their words is readable on the disk", async () => {
  const home = await temporaryFolder();
  const store = openStore(home);
  const chatId = await addChat(store, 8);
  expect(filesWith(home, "okapi")).toEqual([]);
  const { hits } = await store.request("searchChats", { query: "麒麟", cursor: null });
  expect(hits).toHaveLength(1);
  const backups = openBackups(home);
  const backupId = await backups.request("make", { reason: "asked" });
  expect(backupId).not.toBeNull();
  expect((await backups.request("list", {})).backups[0]?.contents).toMatchObject({ chats: 1, messages: 16 });
  expect(await backups.request("countDamaged", { backupId: backupId ?? "" })).toBe(0);
  await store.request("renameChat", { chatId, title: "another okapi" });
  await store.request("restoreBackup", { backupId: backupId ?? "" });
  const { messages, chat } = await store.request("openChat", { chatId });
  expect(messages.map(({ text }) => text).join()).toContain(canary);
  expect(chat.title).not.toBe("another okapi");
  expect(filesWith(home, "okapi")).toEqual([]);
  await store.close();
  await backups.close();
  expect(filesWith(home, "okapi")).toEqual([]);
  const again = openStore(home);
  expect((await again.request("openChat", { chatId })).messages).toEqual(messages);
});

it("a damaged one is mended with its key", async () => {
  const home = await temporaryFolder();
  const first = openStore(home);
  await addChat(first, 12);
  await first.close();
  const path = join(home, "store", "chats-encrypted.db");
  const bytes = readFileSync(path);
  // The header, so that SQLite reads nothing, and a page in the middle.
  bytes.fill(0, 24, 100);
  bytes.fill(1, 4096 * 9, 4096 * 9 + 64);
  writeFileSync(path, bytes);
  const client = openStore(home);
  const told: unknown[] = [];
  client.noticed.on(({ facts }) => told.push(facts?.["case"]));
  const { hits } = await client.request("searchChats", { query: "okapi", cursor: null });
  expect(hits.length).toBeGreaterThan(0);
  expect(told).toHaveLength(2);
  expect(filesWith(home, "okapi")).toEqual([]);
});

it("another key opens nothing, and no store is made in the place of the one that is there", async () => {
  const home = await temporaryFolder();
  const store = openStore(home);
  const chatId = await addChat(store, 1);
  await store.close();
  const other = new StoreClient({ home, workerPath: storeWorker, encryption: () => testEncryption("8") });
  onTestFinished(() => other.close());
  await expect(other.request("openChat", { chatId })).rejects.toMatchObject({
    code: "chat-lock-unreadable",
    facts: { case: "otherKey" },
  });
  await other.close();
  expect(existsSync(join(home, "quarantine"))).toBe(false);
  expect((await openStore(home).request("openChat", { chatId })).messages).toHaveLength(2);
});
