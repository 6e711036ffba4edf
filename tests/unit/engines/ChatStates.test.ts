import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { PromptParams, ReadAheadResult, RestoreParams } from "../../../electron/contract/engineProtocol.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { ChatStates } from "../../../electron/workbench/engines/ChatStates.ts";
import { EngineSession, type EngineSessionParts } from "../../../electron/workbench/engines/EngineSession.ts";
import type { Holding } from "../../../electron/workbench/engines/HeldModel.ts";
import { KeptStates } from "../../../electron/workbench/engines/KeptStates.ts";
import { exactFingerprint } from "../../../electron/workbench/models/modelFiles.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const prompt: PromptParams = { messages: [{ role: "user", content: "Hello" }], thinking: "on" };
const readAll: ReadAheadResult = { promptTokens: 40, readTokens: 40, complete: true };
const going = new AbortController().signal;

let home: string;
let states: ChatStates;
let engine: Engine;
let holding: Holding;

/** An engine whose memory is a text. A chat that is read replaces it by its name. */
class Engine {
  memory = "";
  /** What reading ahead answers. What it did not read is not in memory. */
  read: () => ReadAheadResult | null = () => readAll;
  /** Called while a state is being written. */
  onSave: () => Promise<void> = () => Promise.resolve();

  async request(operation: string, params: unknown): Promise<{ outcome: "done"; value: unknown }> {
    switch (operation) {
      case "saveState": {
        const { path } = params as { path: string };
        writeFileSync(path, this.memory);
        await this.onSave();
        return { outcome: "done", value: { tokens: 40, sizeBytes: 100, sha256: "b".repeat(64), ms: 1 } };
      }
      case "restoreState":
        this.memory = readFileSync((params as RestoreParams).path, "utf8");
        return { outcome: "done", value: { outcome: "restored", ms: 1 } };
      default: {
        const value = this.read();
        if (value !== null && value.readTokens > 0) this.memory = (params as { chat: string }).chat;
        return { outcome: "done", value };
      }
    }
  }
}

beforeEach(async () => {
  home = await temporaryFolder();
  const path = join(home, "model.gguf");
  writeFileSync(path, "model");
  const modelFile = { path, paths: [path] };
  const ready = { need: { keyValueBytes: 0 }, facts: { contextSize: 4096 } };
  const fingerprint = await exactFingerprint(modelFile);
  holding = { stateKey: "a".repeat(64), modelFile, fingerprint, ready } as unknown as Holding;
  engine = new Engine();
  const kept = new KeptStates({ home, limitBytes: () => 1e9, freeBytes: () => Promise.resolve(50e9) });
  states = new ChatStates({ engine: engine as never, held: { current: holding }, kept });
});

/** The texts of all files. */
function texts(): string[] {
  const folder = join(home, "state");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith(".json")) : [];
  return names.map((name) => readFileSync(join(folder, name), "utf8")).toSorted();
}

function session(signal = going): EngineSession {
  const parts = {
    engine,
    marks: { replied: () => Promise.resolve(), failed: () => Promise.resolve() },
    states,
  } as unknown as EngineSessionParts;
  return new EngineSession(parts, { id: "model" } as never, signal);
}

const readAhead = (chat: string): Promise<ReadAheadResult | null> => session().readAhead({ ...prompt, chat });

test("what was read of a chat is saved under its name when another one is read", async () => {
  await readAhead("one");
  await readAhead("two");
  expect(texts()).toEqual(["one", "two"]);
});

test("what was read of a temporary chat is not saved", async () => {
  await readAhead("temporary-one");
  await readAhead("two");
  await readAhead("temporary-one");
  await states.save();
  expect(texts()).toEqual(["two"]);
});

test.each<[string, () => ReadAheadResult | null]>([
  ["was stopped before it began", () => null],
  ["read nothing", () => ({ promptTokens: 40, readTokens: 0, complete: false })],
  [
    "does not fit",
    () => {
      throw new WorkbenchError("context-exceeded");
    },
  ],
])("a chat that %s does not get the text of the chat before it", async (_, read) => {
  await readAhead("one");
  engine.read = read;
  await readAhead("two").catch(() => undefined);
  await states.forget(["one"]);
  await states.save();
  expect(texts()).toEqual([]);
});

test("a chat that is stopped while the one before it is saved does not get its text", async () => {
  await readAhead("one");
  states.hasRead("one");
  const stop = new AbortController();
  engine.onSave = () => Promise.resolve(stop.abort());
  engine.read = () => null;
  await session(stop.signal).readAhead({ ...prompt, chat: "two" });
  await states.save();
  expect(texts()).toEqual(["one"]);
});

test("a chat that is deleted while the one before it is saved is not written", async () => {
  await readAhead("one");
  states.hasRead("one");
  engine.onSave = () => {
    engine.onSave = () => Promise.resolve();
    return states.forget(["two"]);
  };
  await readAhead("two");
  await states.save();
  expect(texts()).toEqual(["one"]);
});

test("a chat of which a part is deleted while it is being written is not kept as it was", async () => {
  const entering: Promise<unknown>[] = [];
  engine.onSave = async () => {
    engine.onSave = () => Promise.resolve();
    await states.forget(["one"]);
    entering.push(states.enter("one", prompt, going));
  };
  await readAhead("one");
  await Promise.all(entering);
  expect(texts()).toEqual([]);
  await readAhead("one");
  expect(texts()).toEqual(["one"]);
});

test("a chat that goes on after it was deleted and restored is saved again", async () => {
  await readAhead("one");
  await states.forget(["one"]);
  await states.save();
  expect(texts()).toEqual([]);
  await readAhead("one");
  expect(texts()).toEqual(["one"]);
});
