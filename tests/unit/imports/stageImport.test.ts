import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { ImportPlan } from "../../../electron/workbench/imports/ImportPlan.ts";
import { previewImport } from "../../../electron/workbench/imports/previewImport.ts";
import { stageImport } from "../../../electron/workbench/imports/stageImport.ts";
import { exportTo } from "../../support/exports/moveChats.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/* The file is read on while the store works, and the store gets one request at a time. */

let file: string;
let plan: ImportPlan;
const chats = 500;

beforeEach(async () => {
  const home = await temporaryFolder();
  const store = new ChatStore(home);
  for (let index = 0; index < chats; index++) {
    const { id } = store.createChat({ thinking: "on", modelId: null });
    store.renameChat({ chatId: id, title: `Chat ${index}` });
  }
  store.close();
  file = join(home, "chats.jsonl");
  await exportTo(home, file);
  const nothing = { signal: new AbortController().signal, onProgress: () => undefined, shown: async () => [] };
  ({ plan } = await previewImport(file, nothing));
});

const stage = (staged: (lines: string[]) => Promise<unknown>, signal = new AbortController().signal) =>
  stageImport(file, plan, { here: "skip", signal, onProgress: () => undefined, shown: async () => [], staged });

describe("staging", () => {
  it("sends everything in its order, one request at a time", async () => {
    const titles: string[] = [];
    let atOnce = 0;
    const { chats: count } = await stage(async (lines) => {
      expect(++atOnce).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      titles.push(...lines.map((line) => (JSON.parse(line) as { title: string }).title));
      atOnce--;
    });
    expect(count).toBe(chats);
    expect(titles).toEqual(Array.from({ length: chats }, (_, index) => `Chat ${index}`));
  });

  it.each([1, 2, 3])("fails if the store refuses request %i, and sends no more then", async (refused) => {
    let requests = 0;
    const staging = stage(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      if (++requests === refused) throw new Error("refused");
    });
    await expect(staging).rejects.toThrow("refused");
    expect(requests).toBe(refused);
  });

  it("ends once it is cancelled, but not before the store has done what it was asked for", async () => {
    const cancelling = new AbortController();
    let done = 0;
    const staging = stage(async () => {
      cancelling.abort(new Error("cancelled"));
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      done++;
    }, cancelling.signal);
    await expect(staging).rejects.toThrow("cancelled");
    expect(done).toBe(1);
  });
});

it("what is stored is shown only if it is as many chats as were sent", async () => {
  const store = new ChatStore(await temporaryFolder());
  onTestFinished(() => store.close());
  await stage(async (lines) => store.stageChats({ lines }));
  expect(() => store.showStaged({ chats: chats + 1 })).toThrow(expect.objectContaining({ code: "import-changed" }));
  expect(store.listChats({ cursor: null }).chats).toEqual([]);
  expect(store.showStaged({ chats }).shown).toHaveLength(chats);
});

it("a file that was changed since its preview is refused", async () => {
  writeFileSync(file, "");
  await expect(stage(async () => undefined)).rejects.toMatchObject({ code: "import-changed" });
});
