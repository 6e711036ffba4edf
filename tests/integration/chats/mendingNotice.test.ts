import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { addAnsweredChat } from "../../support/chats/addAnsweredChat.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const workerPath = fileURLToPath(new URL("../../../out/workbench/storeWorker.js", import.meta.url));
const headerBytes = 100;

it("says that a damaged store is being mended before it is, and afterwards what came of it", async () => {
  const home = await temporaryFolder();
  const path = join(home, "store", "chats.db");
  const store = new ChatStore(home);
  addAnsweredChat(store, "okapi", 3);
  store.close();
  writeFileSync(path, readFileSync(path).fill(0, 0, headerBytes));
  const client = new StoreClient({ home, workerPath });
  const told: unknown[] = [];
  client.noticed.on(({ facts }) => told.push(facts?.["case"]));
  client.mended.on(() => told.push("ended"));
  const { hits } = await client.request("searchChats", { query: "okapi", cursor: null });
  expect(hits).not.toEqual([]);
  expect(told).toEqual(["mending", "ended", "readable"]);
  await client.close();
});
