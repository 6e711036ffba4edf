import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { rememberVerified } from "../../../electron/workbench/downloads/VerifiedFiles.ts";
import { nanoPath } from "../../support/engine/engineForTests.ts";
import { SecondTurns, tokensOf } from "../../support/engine/SecondTurns.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";

const sum = "What is 17 + 25?";
const other = "What is 2 + 2?";
const long = "Please tell me, my friend: what is 4321 + 8765?";
/** The token that opens a question. */
const opening = 1;

async function open(home?: string, options: Parameters<typeof openTestWorkbench>[2] = {}) {
  const opened = await openTestWorkbench(home, undefined, options);
  return { ...opened, turns: new SecondTurns(opened) };
}

const filesIn = (home: string): string[] =>
  existsSync(join(home, "state")) ? readdirSync(join(home, "state")).toSorted() : [];
const statesIn = (home: string): string[] => filesIn(home).filter((name) => name.endsWith(".bin"));

/** Opens a workbench with a copy of R1 Nano that the user has linked. */
async function withCopy(home?: string) {
  const opened = await open(home);
  const folder = join(opened.home, "..", "elsewhere");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "copy.gguf");
  if (!existsSync(path)) copyFileSync(nanoPath, path);
  return { ...opened, path, model: await opened.workbench.linkModel(path) };
}

const sha256Of = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");

/** Opens a workbench with a chat that uses a copy of R1 Nano which counts as downloaded. */
async function withDownload() {
  const opened = await open();
  const modelsFolder = join(opened.home, "models");
  const path = join(modelsFolder, "downloaded.gguf");
  mkdirSync(modelsFolder, { recursive: true });
  copyFileSync(nanoPath, path);
  await rememberVerified(modelsFolder, path, sha256Of(readFileSync(path)), true);
  const { id: chatId } = await opened.workbench.call("chats.create", { modelId: "downloaded" });
  return { ...opened, chatId, path, modelsFolder };
}

describe("what a model has read of a chat", () => {
  it("is there again when the chat goes on after another one", async () => {
    const { turns } = await open();
    const [one, another] = [await turns.newChat(), await turns.newChat()];
    const first = await turns.sendAndReadAhead(one, sum);
    await turns.sendAndReadAhead(another, "Hello");
    const { stats } = await turns.send(one, other);
    expect(stats?.cachedTokens).toBe(tokensOf(sum, first) + opening);
  });

  it("is there again after a restart, in files that only their owner can read", async () => {
    const before = await open();
    const chatId = await before.turns.newChat();
    const first = await before.turns.sendAndReadAhead(chatId, sum);
    await before.workbench.close();
    expect(filesIn(before.home)).toHaveLength(2);
    for (const name of filesIn(before.home)) {
      expect(statSync(join(before.home, "state", name)).mode & 0o777).toBe(0o600);
      expect(name).not.toContain(chatId);
    }
    const { turns } = await open(before.home);
    const { stats } = await turns.send(chatId, other);
    expect(stats?.cachedTokens).toBe(tokensOf(sum, first) + opening);
    expect(stats?.ttftMs).toBeGreaterThan(0);
  });

  it("with a stopped thought, is there again to be continued after a restart", async () => {
    const before = await open();
    const chatId = await before.turns.newChat();
    const { runId } = await before.workbench.call("chats.send", { chatId, text: long });
    const stopped = await before.turns.reply(runId, () => void before.workbench.call("runs.stop", { runId }));
    expect(stopped.state).toBe("stopped");
    await before.workbench.close();
    const { workbench } = await open(before.home);
    const continued = await workbench.call("chats.continue", { messageId: runId });
    const reads: number[] = [];
    await new Promise<void>((resolve) => {
      workbench.attachRun(continued.runId, (frame) => {
        if (frame.kind === "stage" && frame.stage.stage === "reading") reads.push(frame.stage.cachedTokens);
        if (frame.kind === "ended") resolve();
      });
    });
    expect(reads[0]).toBeGreaterThanOrEqual(tokensOf(long) + 1);
  });

  it("is there again after another model was used, and after the model was unloaded", async () => {
    const { turns, workbench, model } = await withCopy();
    const one = await turns.newChat();
    const first = await turns.sendAndReadAhead(one, sum);
    const { id: another } = await workbench.call("chats.create", { modelId: model.id });
    await turns.sendAndReadAhead(another, "Hello");
    expect(await workbench.call("models.loaded", {})).toMatchObject({ modelId: model.id });
    const second = await turns.send(one, other);
    expect(second.stats?.cachedTokens).toBe(tokensOf(sum, first) + opening);
    await turns.haveReadAhead();
    await workbench.call("models.unload", {});
    const third = await turns.send(one, sum);
    expect(third.stats?.cachedTokens).toBe(tokensOf(sum, first, other, second) + opening);
  });

  it("is there again after a downloaded model was moved, and dropped when another one is in its place", async () => {
    const before = await withDownload();
    const { chatId, path, modelsFolder } = before;
    const first = await before.turns.sendAndReadAhead(chatId, sum);
    await before.workbench.close();
    copyFileSync(path, `${path}.moved`);
    renameSync(`${path}.moved`, path);
    utimesSync(path, new Date(0), new Date(0));
    const moved = await open(before.home);
    const second = await moved.turns.sendAndReadAhead(chatId, other);
    expect(second.stats?.cachedTokens).toBe(tokensOf(sum, first) + opening);
    await moved.workbench.close();
    // Other weights that were downloaded to the same place, with the same size and times.
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
    writeFileSync(path, bytes);
    utimesSync(path, new Date(0), new Date(0));
    await rememberVerified(modelsFolder, path, sha256Of(bytes), true);
    const { turns } = await open(before.home);
    expect((await turns.send(chatId, sum)).stats?.cachedTokens).toBe(0);
  });

  it("is dropped when the model's file has changed", async () => {
    const before = await withCopy();
    const { id: chatId } = await before.workbench.call("chats.create", { modelId: before.model.id });
    await before.turns.sendAndReadAhead(chatId, sum);
    await before.workbench.close();
    expect(statesIn(before.home)).toHaveLength(1);
    copyFileSync(nanoPath, before.path);
    utimesSync(before.path, new Date(0), new Date(0));
    const { turns } = await open(before.home);
    const { stats, model } = await turns.send(chatId, other);
    expect(model?.id).toBe(before.model.id);
    expect(stats?.cachedTokens).toBe(0);
  });

  it("is not kept of a model whose file changes while it is loaded", async () => {
    const { turns, workbench, home, model, path } = await withCopy();
    const { id: chatId } = await workbench.call("chats.create", { modelId: model.id });
    await turns.send(chatId, sum);
    utimesSync(path, new Date(0), new Date(0));
    await workbench.call("models.unload", {});
    expect(filesIn(home)).toEqual([]);
  });

  it("is deleted with its chat, and with a reply that is part of it", async () => {
    const { turns, workbench, home } = await open();
    const [one, another] = [await turns.newChat(), await turns.newChat()];
    await turns.sendAndReadAhead(one, sum);
    const reply = await turns.sendAndReadAhead(another, sum);
    await workbench.call("models.unload", {});
    expect(statesIn(home)).toHaveLength(2);
    await workbench.call("chats.delete", { chatIds: [one] });
    expect(statesIn(home)).toHaveLength(1);
    await workbench.call("chats.deleteReply", { messageId: reply.id });
    expect(filesIn(home)).toEqual([]);
  });

  it("of a chat that was deleted while it was in memory, is never written", async () => {
    const { turns, workbench, home } = await open();
    const chatId = await turns.newChat();
    await turns.send(chatId, sum);
    await workbench.call("chats.delete", { chatIds: [chatId] });
    await workbench.call("models.unload", {});
    expect(filesIn(home)).toEqual([]);
    await workbench.call("chats.restore", { chatIds: [chatId] });
    expect((await turns.send(chatId, other)).state).toBe("done");
    await workbench.call("models.unload", {});
    expect(statesIn(home)).toHaveLength(1);
  });

  it("of a deleted chat, is not written under the name of one whose message did not fit", async () => {
    const { turns, workbench, home } = await open();
    const [one, another] = [await turns.newChat(), await turns.newChat()];
    await turns.sendAndReadAhead(one, sum);
    const tooLong = await turns.send(another, "Hello ".repeat(4000));
    expect(tooLong.problem?.code).toBe("context-exceeded");
    await workbench.call("chats.delete", { chatIds: [one] });
    await workbench.call("models.unload", {});
    expect(filesIn(home)).toEqual([]);
  });

  it("is not kept if the user wants none, and what was kept is deleted then and on request", async () => {
    const { turns, workbench, home } = await open();
    const chatId = await turns.newChat();
    await turns.send(chatId, sum);
    await workbench.call("models.unload", {});
    const kept = await workbench.call("engine.keptStates", {});
    expect(kept).toMatchObject({ chats: 1 });
    expect(kept.sizeBytes).toBe(statSync(join(home, "state", statesIn(home)[0] ?? "")).size);
    expect(await workbench.call("engine.deleteKeptStates", {})).toEqual({ chats: 0, sizeBytes: 0 });
    await turns.send(chatId, other);
    await workbench.call("models.unload", {});
    expect(statesIn(home)).toHaveLength(1);
    await workbench.call("settings.change", { keptStateBytes: null });
    await expect.poll(() => filesIn(home)).toEqual([]);
    await turns.send(chatId, sum);
    await workbench.call("models.unload", {});
    expect(filesIn(home)).toEqual([]);
  });
});
