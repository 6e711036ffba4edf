import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import type { CallInput, CallName, CallResult } from "../../electron/contract/calls.ts";
import { readLockFile } from "../../electron/workbench/chatLock/LockFile.ts";
import { unwrapWithPassphrase } from "../../electron/workbench/chatLock/wrapKey.ts";
import { afterReload } from "./support/afterReload.ts";
import { processTree } from "./support/appProcesses.ts";
import { ask, replies } from "./support/chatSteps.ts";
import { filesWith } from "./support/filesWith.ts";
import { giveFiles } from "./support/giveFiles.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";

/* What is on the disk of a home in use when its chats are encrypted: no word of theirs, and no key. */

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
});

const passphrase = "four words of müde";
const field = (page: Page) => page.getByRole("textbox", { name: "Message" });

async function call<Name extends CallName>(page: Page, name: Name, input: CallInput<Name>): Promise<CallResult<Name>> {
  const outcome = await page.evaluate(
    ([called, given]) => (window as unknown as { r1: Bridge }).r1.call(called, given as never),
    [name, input] as const,
  );
  if (!outcome.ok) throw new Error(`${name}: ${JSON.stringify(outcome.error)}`);
  return outcome.value as CallResult<Name>;
}

/** Uses chats in every way that leaves words on the disk: all of them contain `word`, and other words are made from it. */
async function use({ page }: RunningApp, word: string): Promise<void> {
  await page.getByRole("button", { name: "New chat" }).first().click();
  const document = test.info().outputPath(`${word}.txt`);
  writeFileSync(document, `What is 17 + 25? ${word} in a document.`);
  await giveFiles(page, "drop", [document]);
  // A message waits until its documents have been read.
  await expect(page.getByRole("button", { name: new RegExp(`^Read ${word}.txt.*tokens$`) })).toBeVisible();
  await ask(page, `What is 17 + 25? ${word}`);
  await ask(page, `And 2 + 3? ${word}`);
  await replies(page).last().getByRole("button", { name: "Regenerate" }).click();
  await expect(replies(page).last()).toContainText("2/2");
  await expect(replies(page).last().getByRole("button", { name: "Regenerate" })).toBeVisible();
  await field(page).fill(`an unsent ${word}`);
  await page.getByRole("searchbox", { name: "Search chats" }).fill(word);
  await page.getByRole("searchbox", { name: "Search chats" }).fill("");
  await call(page, "chats.createFolder", { name: `${word} folder` });
  await call(page, "backups.make", {});
  // Leaving a chat saves its draft, and what the model has read of it.
  await page.getByRole("button", { name: "New chat" }).first().click();
  await field(page).fill(`a beginning ${word}`);
  await expect.poll(() => call(page, "chats.newDraft", {}).then(({ draft }) => draft)).toContain(word);
}

/** Returns what other programs may see of a process; nothing if it has ended. */
function seenOf(id: number, name: string): Buffer {
  try {
    return readFileSync(`/proc/${id}/${name}`);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Returns what of `secrets` is in a file of the home, or where other programs may see it of a process. */
function seen({ electron, home }: RunningApp, secrets: readonly (string | Buffer)[]): string[] {
  const processId = electron.process().pid ?? 0;
  const shown = processTree(processId).flatMap((id) =>
    ["cmdline", "environ"].filter((name) => secrets.some((secret) => seenOf(id, name).includes(secret))),
  );
  return [...shown, ...secrets.flatMap((secret) => filesWith(home, secret))];
}

test("once chats are encrypted, no file of the home has a word of them, whether they are open, locked or the app was killed", async () => {
  test.slow();
  test.skip(process.platform !== "linux", "It reads /proc.");
  const { page, home } = app;
  await use(app, "quetzalcoatlus");
  expect(filesWith(home, "quetzalcoatlus")).not.toEqual([]);

  // A damaged store may have what is nowhere else: it stays as it is, and the user is told.
  const setAside = join(home, "quarantine", "2026-01-02T03-04-05.678Z");
  mkdirSync(setAside, { recursive: true });
  writeFileSync(join(setAside, "chats.db"), "archaeopteryx");

  // An app that was killed while it made a backup leaves this, which is of no use.
  writeFileSync(join(home, "backups", `${randomUUID()}.tmp`), "SQLite format 3\0 archaeopteryx");

  await call(page, "chatLock.turnOn", { passphrase, keychain: false });
  expect(filesWith(home, "quetzalcoatlus")).toEqual([]);
  expect(filesWith(home, "archaeopteryx")).toEqual([join(setAside, "chats.db")]);
  const notices = await call(page, "notices.list", {});
  expect(notices.map(({ problem }) => problem.code)).toContain("chats-left-plain");
  const record = readLockFile(home);
  if (record?.passphrase === undefined || record.passphrase === null) throw new Error("There is no passphrase.");
  const key = (await unwrapWithPassphrase(record.passphrase, passphrase, record.id)) ?? "";
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  const bytes = Buffer.from(key, "hex");
  const secrets = [passphrase, key, bytes.toString("base64"), bytes];

  await page.reload();
  await use(app, "pteranodon");
  expect([...filesWith(home, "quetzalcoatlus"), ...filesWith(home, "pteranodon")]).toEqual([]);
  expect(seen(app, secrets)).toEqual([]);
  const before = (await call(page, "chats.list", { cursor: null })).chats.length;
  expect(before).toBe(2);

  await app.kill();
  app = await launchApp({ home });
  const again = app.page;
  expect(await call(again, "chatLock.state", {})).toMatchObject({ state: "locked" });
  expect([...filesWith(home, "quetzalcoatlus"), ...filesWith(home, "pteranodon")]).toEqual([]);
  await call(again, "chatLock.unlock", { passphrase });
  expect((await call(again, "chats.list", { cursor: null })).chats).toHaveLength(before);
  // It also loads the page again, so that nothing of the chats stays in its memory.
  await afterReload([again], () => call(again, "chatLock.lock", {}).catch(() => null));
  await expect.poll(() => call(again, "chatLock.state", {}).catch(() => null)).toMatchObject({ state: "locked" });
  expect([...filesWith(home, "quetzalcoatlus"), ...filesWith(home, "pteranodon")]).toEqual([]);
  expect(seen(app, secrets)).toEqual([]);
});
