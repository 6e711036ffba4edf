import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { stagedLines } from "../../support/chats/stagedLines.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const workerPath = fileURLToPath(new URL("../../../out/workbench/storeWorker.js", import.meta.url));
const purger = fileURLToPath(new URL("../../support/chats/purgingWriter.mjs", import.meta.url));
const gone = { chats: 500, messages: 6 };
const kept = 2;
/** More than are erased between two requests, and far fewer than there are. */
const mostBetween = 300;

async function filledHome(): Promise<{ home: string; messages: () => number; end: () => void }> {
  const home = await temporaryFolder();
  const store = new ChatStore(home);
  store.stageChats({ lines: stagedLines({ ...gone, text: "quagga words that are to be gone from the disk" }) });
  store.stageChats({ lines: stagedLines({ chats: 1, messages: kept, text: "okapi" }) });
  store.showStaged({ chats: null });
  store.close();
  const raw = new DatabaseSync(join(home, "store", "chats.db"), { readOnly: true });
  const messages = (): number => Number(raw.prepare("SELECT count(*) AS count FROM messages").get()?.["count"]);
  return { home, messages, end: () => raw.close() };
}

const onDisk = (home: string, word: string): boolean =>
  ["chats.db", "chats.db-wal"].some((name) => readFileSync(join(home, "store", name)).includes(word));

it("answers requests while hundreds of chats are being erased, and leaves nothing of them", async () => {
  const { home, messages, end } = await filledHome();
  const client = new StoreClient({ home, workerPath });
  const { hits } = await client.request("searchChats", { query: "okapi", cursor: null });
  const keptId = hits[0]?.chat.id ?? "";
  const chatIds = (await client.request("chatIds", {})).filter((id) => id !== keptId);
  const before = messages();
  expect(before).toBe(gone.chats * gone.messages + kept);
  await client.request("purgeChats", { chatIds });
  for (let last = messages(), rounds = 0; last > kept; rounds++) {
    expect((await client.request("listChats", { cursor: null })).chats.map(({ id }) => id)).toEqual([keptId]);
    expect((await client.request("openChat", { chatId: keptId })).messages).toHaveLength(kept);
    const now = messages();
    expect(last - now).toBeLessThanOrEqual(mostBetween);
    if (rounds < 3) expect(now).toBeGreaterThan(kept);
    last = now;
  }
  await expect.poll(() => onDisk(home, "agga"), { timeout: 60_000 }).toBe(false);
  await client.close();
  end();
});

it.skipIf(process.platform === "win32")(
  "goes on after the process was killed in the middle, again and again",
  async () => {
    const { home, messages, end } = await filledHome();
    let before = messages();
    for (let kill = 0; kill < 5 && before > kept; kill++) {
      const child = spawn(process.execPath, [purger, home, workerPath, "okapi"], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const exited = once(child, "exit");
      await once(child.stdout, "data");
      // It has begun to erase what was asked for.
      await expect.poll(() => messages(), { timeout: 60_000, interval: 1 }).toBeLessThan(before);
      child.kill("SIGKILL");
      await exited;
      before = messages();
    }
    expect(before).toBeGreaterThan(kept);
    const store = new ChatStore(home);
    expect(store.notice).toBeNull();
    expect(messages()).toBe(before);
    expect(store.chatIds()).toHaveLength(1);
    while (store.catchUp());
    expect([messages(), onDisk(home, "agga")]).toEqual([kept, false]);
    expect(store.searchChats({ query: "okapi", cursor: null }).hits).not.toEqual([]);
    store.close();
    end();
  },
);
