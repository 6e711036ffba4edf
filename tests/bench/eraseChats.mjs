// Erases chats of a large store, as the store's worker does it, and measures the steps: other requests wait for one of
// them at most.
//   node tests/bench/eraseChats.mjs [--home FOLDER] [--chats 2000] [--messages 40000] [--erase 1,20,500]
// With --home, a store that `largeStore.mjs --home` made is copied.
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";
import { root } from "../../scripts/setup/paths.mjs";
import { makeLargeStore } from "./makeLargeStore.mjs";

const { values } = parseArgs({
  options: {
    home: { type: "string" },
    chats: { type: "string", default: "2000" },
    messages: { type: "string", default: "40000" },
    largest: { type: "string", default: "1000" },
    erase: { type: "string", default: "1,20,500" },
  },
});
const folder = mkdtempSync(join(tmpdir(), "r1-erase-"));
const { ChatStore } = (await runnerImport(join(root, "electron/workbench/chats/ChatStore.ts"))).module;

const inMs = async (work) => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

try {
  if (values.home !== undefined) cpSync(join(values.home, "store"), join(folder, "store"), { recursive: true });
  else {
    const [chats, messages, largest] = [values.chats, values.messages, values.largest].map(Number);
    await makeLargeStore({ home: folder, chats, messages, largest });
  }
  let store = new ChatStore(folder);
  for (const count of values.erase.split(",").map(Number)) {
    const ids = store.chatIds();
    const chatIds = ids.filter((_, index) => index % Math.max(1, Math.floor(ids.length / count)) === 0).slice(0, count);
    // Put here to be looked for in the files afterwards.
    const canary = `canary-${count}-${Date.now()}`;
    const model = { id: "r1-nano", name: "R1 Nano" };
    const { reply } = store.beginTurn({ chatId: chatIds[0], text: `${canary} and more`, model });
    store.finishReply({ messageId: reply.id, text: "Yes.", thought: null, state: "done", stats: null, problem: null });
    const marked = await inMs(() => store.purgeChats({ chatIds }));
    const steps = [];
    let isLeft = true;
    while (isLeft) steps.push(await inMs(() => (isLeft = store.catchUp())));
    steps.sort((one, other) => one - other);
    const at = (share) => Math.round(steps[Math.min(steps.length - 1, Math.floor(steps.length * share))]);
    const total = Math.round(steps.reduce((sum, ms) => sum + ms, 0));
    console.log(
      `${count} chats: marked in ${Math.round(marked)} ms, erased in ${total} ms, ${steps.length} steps (ms):`,
      { median: at(0.5), p95: at(0.95), p99: at(0.99), longest: at(1) },
    );
    for (const name of ["chats.db", "chats.db-wal"]) {
      if (readFileSync(join(folder, "store", name)).includes(canary)) throw new Error(`${name} still has ${canary}`);
    }
  }
  // The start after the app was killed while many chats were being erased.
  store.purgeChats({ chatIds: store.chatIds().slice(0, 500) });
  for (let step = 0; step < 20; step++) store.catchUp();
  store.close();
  console.log(`opened with chats left to erase in ${Math.round(await inMs(() => (store = new ChatStore(folder))))} ms`);
  console.log(`all chats erased in ${Math.round(await inMs(() => store.eraseAllChats()))} ms`);
  store.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
