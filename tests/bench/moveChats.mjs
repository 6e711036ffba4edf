// Exports all chats of a large store and imports them into an empty home, with the app's own workbench, and measures how
// long that takes and how long other requests wait meanwhile. Needs `npm run build`.
//   node tests/bench/moveChats.mjs [--home FOLDER] [--chats 10000] [--messages 200000] [--documents 2000]
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";
import { root } from "../../scripts/setup/paths.mjs";
import { makeLargeStore } from "./makeLargeStore.mjs";

const { values } = parseArgs({
  options: {
    home: { type: "string" },
    chats: { type: "string", default: "10000" },
    messages: { type: "string", default: "200000" },
    documents: { type: "string", default: "2000" },
  },
});
const folder = mkdtempSync(join(tmpdir(), "move-chats-"));
const load = async (name) => (await runnerImport(join(root, "electron", name))).module;
const { openWorkbench } = await load("workbench/workbench.ts");
const { appPaths } = await load("workbench/appPaths.ts");
const { openTexts } = await load("texts/texts.ts");
const { exportWords } = await load("texts/exportWords.ts");
const words = exportWords(openTexts("en"));

const seconds = (from) => Math.round((performance.now() - from) / 100) / 10;
const open = (home) => openWorkbench({ ...appPaths(join(root, "out", "cli")), home });

/** Returns how long requests of the window wait while `work` runs, in milliseconds, and how late timers of this thread are. */
async function waits(workbench, work) {
  const waited = [];
  const late = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const begun = performance.now();
      await workbench.call("chats.saveDraft", { chatId: null, draft: `typed ${begun}` });
      await workbench.call("chats.list", {});
      waited.push(performance.now() - begun);
      const slept = performance.now();
      await new Promise((resolve) => setTimeout(resolve, 50));
      late.push(performance.now() - slept - 50);
    }
  })();
  const result = await work();
  isOver = true;
  await asking;
  const at = (list, share) => Math.round([...list].sort((one, other) => one - other)[Math.floor(list.length * share)]);
  return {
    result,
    wait: { p50: at(waited, 0.5), p95: at(waited, 0.95), most: at(waited, 0.9999), late: at(late, 0.9999) },
  };
}

try {
  const home = values.home ?? join(folder, "from");
  if (values.home === undefined) {
    await makeLargeStore({
      home,
      chats: Number(values.chats),
      messages: Number(values.messages),
      largest: 5000,
      documents: Number(values.documents),
    });
  }
  const from = await open(home);
  await from.call("chats.list", {});
  const files = {};
  for (const [format, name] of [
    ["json", "chats.jsonl"],
    ["markdown", "chats.zip"],
    ["html", "chats.html"],
  ]) {
    const begun = performance.now();
    const path = join(folder, name);
    const { result, wait } = await waits(from, () =>
      from.exportChats({ chatIds: null, format, thoughts: true }, path, words),
    );
    if (result.state !== "written") throw new Error(JSON.stringify(result));
    files[format] = path;
    console.log(
      `export ${format}:`,
      seconds(begun),
      "s,",
      Math.round(statSync(path).size / 1e6),
      "MB, requests (ms)",
      wait,
    );
  }
  await from.close();

  const into = await open(join(folder, "to"));
  await into.call("chats.list", {});
  let begun = performance.now();
  const read = await waits(into, () => into.readImport(files.json));
  if (read.result.state !== "ready") throw new Error(JSON.stringify(read.result));
  console.log("preview:", seconds(begun), "s, requests (ms)", read.wait);
  begun = performance.now();
  const { result, wait } = await waits(into, async () => {
    await into.call("imports.confirm", { previewId: read.result.preview.id, here: "skip" });
    return await into.importSettled();
  });
  if (result.state !== "done") throw new Error(JSON.stringify(result));
  console.log("import:", seconds(begun), "s, requests (ms)", wait, result.result);
  begun = performance.now();
  const undone = await waits(into, async () => {
    await into.call("imports.undo", { importId: result.result.id });
    return await into.importSettled();
  });
  console.log("undo:", seconds(begun), "s, requests (ms)", undone.wait, undone.result);
  await into.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
