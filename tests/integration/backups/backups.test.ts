import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Backup } from "../../../electron/contract/backups.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { openTestWorkbench, type TestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** Resolves once there is a backup. */
async function backedUp({ workbench, events }: TestWorkbench): Promise<Backup[]> {
  await expect.poll(() => events.some(({ name }) => name === "backups.changed"), { timeout: 20_000 }).toBe(true);
  return (await workbench.call("backups.list", {})).backups;
}
const titles = async ({ workbench }: TestWorkbench): Promise<string[]> =>
  (await workbench.call("chats.list", {})).chats.map(({ title }) => title);

async function filledHome(): Promise<string> {
  const home = join(await temporaryFolder(), "home");
  mkdirSync(home);
  const store = new ChatStore(home);
  addAnsweredChat(store, "first", 3);
  store.close();
  return home;
}

test("the first change of a day makes a backup, and the next ones of that day none", async () => {
  const opened = await openTestWorkbench(await filledHome());
  const { workbench } = opened;
  await titles(opened);
  expect((await workbench.call("backups.list", {})).backups).toEqual([]);
  const { id } = await workbench.call("chats.create", { modelId: null });
  const [backup, ...others] = await backedUp(opened);
  expect(others).toEqual([]);
  expect(backup).toMatchObject({ reason: "day", contents: { messages: 6 } });
  await workbench.call("chats.rename", { chatId: id, title: "later" });
  expect((await workbench.call("backups.list", {})).backups).toHaveLength(1);
});

test("a restore replaces the chats in the window, can be undone, and both are in the list", async () => {
  const opened = await openTestWorkbench(await filledHome());
  const { workbench, events } = opened;
  const [made] = (await workbench.call("backups.make", {})).backups;
  const { id } = await workbench.call("chats.create", { modelId: null });
  await workbench.call("chats.rename", { chatId: id, title: "second" });
  expect(await titles(opened)).toEqual(["second", "first"]);
  const before = events.filter(({ name }) => name === "chats.changed").length;
  const { backups } = await workbench.call("backups.restore", { backupId: made?.id ?? "" });
  expect(backups[0]).toMatchObject({ reason: "restore", contents: { chats: 2 } });
  expect(await titles(opened)).toEqual(["first"]);
  expect(events.filter(({ name }) => name === "chats.changed").length).toBeGreaterThan(before);
  await workbench.call("backups.restore", { backupId: backups[0]?.id ?? "" });
  expect(await titles(opened)).toEqual(["second", "first"]);
  await expect(workbench.call("backups.restore", { backupId: "2026-01-01T00-00-00.000Z-day" })).rejects.toMatchObject({
    code: "backup-not-restored",
    facts: { case: "gone" },
  });
});

test("all backups are deleted only after the user agreed; erasing all chats deletes them too, and what would undo an import", async () => {
  const answers = [false, true, true];
  const opened = await openTestWorkbench(await filledHome(), undefined, {
    confirmErase: () => Promise.resolve(answers.shift() ?? false),
  });
  const { workbench, home } = opened;
  await workbench.call("backups.make", {});
  expect((await workbench.call("backups.deleteAll", {})).backups).toHaveLength(1);
  expect(await workbench.call("backups.deleteAll", {})).toEqual({ backups: [], goneBy: null });
  await workbench.call("backups.make", {});
  writeFileSync(join(home, "last-import.json"), "{}");
  await workbench.call("disk.erase", { kind: "chats" });
  expect(readdirSync(join(home, "backups"))).toEqual([]);
  expect(readdirSync(home)).not.toContain("last-import.json");
});

test("damage that a request meets is mended at once, and the request is answered", async () => {
  const home = await filledHome();
  const opened = await openTestWorkbench(home);
  const { workbench, events } = opened;
  await titles(opened);
  // As a disk does that returns other bytes than were written; the app has no page of it in memory.
  const path = join(home, "store", "chats.db");
  await workbench.call("backups.make", {});
  const bytes = readFileSync(path);
  for (let page = 1; page * 4096 < bytes.length; page++) bytes.fill(0xee, page * 4096, page * 4096 + 60);
  writeFileSync(path, bytes);
  rmSync(`${path}-wal`, { force: true });
  await expect(workbench.call("backups.make", {})).rejects.toMatchObject({ code: "store-failed" });
  expect(await titles(opened)).toEqual(["first"]);
  const told = events.filter(({ name }) => name === "notices.changed").at(-1)?.data;
  expect(told).toMatchObject([{ problem: { code: "store-corrupt", facts: { case: "fromBackup", restored: 6 } } }]);
  const { chats } = await workbench
    .call("chats.search", { query: "first answer 3", cursor: null })
    .then(({ hits }) => ({
      chats: hits.length,
    }));
  expect(chats).toBe(1);
});

test("a message whose text was changed on the disk is reported with the next backup, although SQLite finds nothing", async () => {
  const home = await filledHome();
  const path = join(home, "store", "chats.db");
  const bytes = readFileSync(path);
  const at = bytes.indexOf("first answer 2");
  bytes.write("First", at);
  writeFileSync(path, bytes);
  const { workbench } = await openTestWorkbench(home);
  await workbench.call("backups.make", {});
  const notices = await workbench.call("notices.list", {});
  expect(notices.map(({ problem }) => [problem.code, problem.facts])).toEqual([
    ["messages-damaged", { case: "counted", count: 1 }],
  ]);
});
