import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GenerateEvent } from "../../../electron/contract/engineProtocol.ts";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { LiveReply, RunFrame } from "../../../electron/contract/runs.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { Runs } from "../../../electron/workbench/runs/Runs.ts";
import { listedModel } from "../../support/engine/listedModel.ts";
import {
  type Generation,
  openHandledEngines,
  type ReplyEngines,
  replyEngines,
} from "../../support/engine/openReplyEngines.ts";

const live: LiveReply = {
  thoughtTokens: 1,
  answerTokens: 0,
  thoughtMs: 5,
  thoughtCut: null,
  prefillTokensPerSecond: null,
  tokensPerSecond: 23.5,
  tokensPerSecondNow: 24.1,
  speedSamples: [23, 24],
  promptTokens: 9,
  cachedTokens: 0,
  ttftMs: 3,
  elapsedMs: 400,
  memory: { residentBytes: 1.9e9, gpuBytes: null },
  isRepeating: false,
};
const stats: ReplyStats = {
  thoughtTokens: 1,
  answerTokens: 0,
  thoughtMs: 5,
  thoughtCut: null,
  prefillTokensPerSecond: null,
  tokensPerSecond: 23.5,
  speedSamples: [23, 24],
  promptTokens: 9,
  cachedTokens: 0,
  ttftMs: 3,
  stopReason: "end",
};

let home: string;
let store: ChatStore;
/** If set, the store refuses to end replies. */
let refusal: WorkbenchError | null;
let storeProblems: (string | null)[];
/** The models that were found for chats for which none was chosen. */
let modelsFound: { chatId: string; modelId: string }[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "runs-"));
  store = new ChatStore(home);
  refusal = null;
  storeProblems = [];
  modelsFound = [];
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

/** The real store, called without its thread. */
const request = (async (operation: "finishReply", params: never) => {
  if (refusal !== null && operation === "finishReply") throw refusal;
  return store[operation](params);
}) as unknown as StoreClient["request"];

interface Scene {
  runs: Runs;
  /** Starts a run in a new chat, for which this model was chosen. */
  begin: (modelId?: string) => Promise<{ runId: string; chatId: string; generation: Generation }>;
}

async function openRuns(open: (home: string) => Promise<ReplyEngines>): Promise<Scene> {
  const { engines, next } = await open(home);
  const runs = new Runs({
    engines,
    library: { answeringFile: async () => listedModel("nano"), answeringServer: async () => null },
    shownError: toProblem,
    store: { request },
    onEvent: () => undefined,
    onModelFound: (chatId, modelId) => modelsFound.push({ chatId, modelId }),
  });
  runs.storeProblem.on((problem) => storeProblems.push(problem?.code ?? null));
  return {
    runs,
    async begin(modelId) {
      const { id: chatId } = store.createChat({ thinking: "on", modelId: modelId ?? null });
      const { runId } = runs.start(store.beginTurn({ chatId, text: "x", model: null }), modelId ?? null);
      return { runId, chatId, generation: await next() };
    },
  };
}

function ended(runs: Runs, runId: string): Promise<RunFrame[]> {
  const frames: RunFrame[] = [];
  return new Promise((resolve) => {
    runs.attach(runId, (frame) => {
      frames.push(frame);
      if (frame.kind === "ended") resolve(frames);
    });
  });
}

const piece = (part: "thought" | "answer", text: string): GenerateEvent => ({ kind: "piece", part, text });

describe.each(replyEngines)("a run %s", (_kind, open) => {
  it("gives a late listener a snapshot and then the rest, and survives a listener that fails", async () => {
    const { runs, begin } = await openRuns(open);
    const { runId, generation } = await begin();
    let calls = 0;
    runs.attach(runId, () => {
      calls++;
      if (calls > 1) throw new Error("the window is gone");
    });
    generation.emit(piece("thought", "so"));
    generation.emit({ kind: "live", live });
    const late = ended(runs, runId);
    generation.emit({ kind: "live", live: { ...live, tokensPerSecondNow: 3 } });
    generation.emit(piece("answer", "42"));
    generation.finish(stats);
    expect(await late).toMatchObject([
      { kind: "snapshot", message: { thought: "so", text: "" }, stage: { stage: "thinking" }, live },
      { kind: "live", live: { tokensPerSecondNow: 3, speedSamples: [23, 24] } },
      { kind: "stage", stage: { stage: "answering" } },
      { kind: "delta", part: "answer", text: "42" },
      { kind: "ended", message: { state: "done", thought: "so", text: "42", stats } },
    ]);
    expect(calls).toBe(2);
    expect(store.readMessage({ messageId: runId })).toMatchObject({ state: "done", thought: "so", text: "42" });
  });

  it("stores what arrives before the reply ends", async () => {
    const { runs, begin } = await openRuns(open);
    const { runId, generation } = await begin();
    generation.emit(piece("thought", "x".repeat(2048)));
    await expect.poll(() => store.readMessage({ messageId: runId }).thought).toBe("x".repeat(2048));
    generation.emit(piece("answer", "small"));
    await expect.poll(() => store.readMessage({ messageId: runId }).text).toBe("small");
    const frames = ended(runs, runId);
    generation.finish(stats);
    await frames;
  });

  it("keeps its text when the engine crashes, and reports why", async () => {
    const { runs, begin } = await openRuns(open);
    const { runId, generation } = await begin();
    generation.emit(piece("thought", "so far"));
    generation.emit({ kind: "live", live });
    const frames = ended(runs, runId);
    generation.die(new WorkbenchError("engine-down"));
    // The figures so far, with the average as the reply's speed.
    const kept = { ...stats, stopReason: "interrupted" };
    const message = { state: "failed", thought: "so far", problem: { code: "engine-down" }, stats: kept };
    expect((await frames).at(-1)).toMatchObject({ kind: "ended", message });
    expect(store.readMessage({ messageId: runId })).toMatchObject(message);
  });

  it("whose end cannot be stored is kept, shown, and stored as soon as possible", async () => {
    const { runs, begin } = await openRuns(open);
    const { runId, generation } = await begin();
    refusal = new WorkbenchError("disk-full");
    const frames = ended(runs, runId);
    generation.emit(piece("answer", "42"));
    generation.finish(stats);
    expect((await frames).at(-1)).toMatchObject({ message: { text: "42", problem: { code: "disk-full" } } });
    const stale = store.readMessage({ messageId: runId });
    expect(stale.state).toBe("streaming");
    expect(runs.freshest(stale)).toMatchObject({ state: "done", text: "42" });
    refusal = null;
    await expect.poll(() => store.readMessage({ messageId: runId }).state).toBe("done");
    expect(storeProblems).toEqual(["disk-full", null]);
    expect(store.readMessage({ messageId: runId })).toMatchObject({ text: "42", problem: null });
  });

  it("is interrupted by closing, with its text in the store, and settles only once", async () => {
    const { runs, begin } = await openRuns(open);
    const { runId, generation } = await begin();
    generation.emit(piece("answer", "half"));
    const frames = ended(runs, runId);
    await runs.close();
    expect(generation.signal.aborted).toBe(true);
    generation.finish(stats);
    expect((await frames).filter(({ kind }) => kind === "ended")).toMatchObject([
      { message: { state: "interrupted" } },
    ]);
    expect(store.readMessage({ messageId: runId })).toMatchObject({ state: "interrupted", text: "half" });
  });

  it("that ended gives its snapshot and end from the store; an unknown one gives nothing", async () => {
    const { runs, begin } = await openRuns(open);
    const { runId, chatId, generation } = await begin();
    expect(runs.runIn(chatId)).toBe(runId);
    generation.finish(stats);
    await ended(runs, runId);
    expect(runs.runIn(chatId)).toBeNull();
    const unknown: RunFrame[] = [];
    runs.attach("unknown", (frame) => unknown.push(frame));
    expect((await ended(runs, runId)).map(({ kind }) => kind)).toEqual(["snapshot", "ended"]);
    expect(unknown).toEqual([]);
  });

  it("is requested with its chat, whose state may be kept", async () => {
    const { begin } = await openRuns(open);
    const first = await begin();
    expect(first.generation.chat).toBe(first.chatId);
    first.generation.finish(stats);
    const second = await begin();
    expect(second.generation.chat).toBe(second.chatId);
    expect(second.chatId).not.toBe(first.chatId);
    second.generation.finish(stats);
  });

  it("waits for the previous one, and can be stopped there before it begins", async () => {
    const { runs, begin } = await openRuns(open);
    const { generation } = await begin();
    const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
    const { runId: waiting } = runs.start(store.beginTurn({ chatId, text: "y", model: null }), null);
    const frames = ended(runs, waiting);
    runs.stop(waiting);
    expect((await frames).at(-1)).toMatchObject({ message: { state: "stopped", text: "", stats: null } });
    expect(generation.signal.aborted).toBe(false);
    generation.finish(stats);
  });

  it("says which model answers where none was chosen for the chat", async () => {
    const { begin } = await openRuns(open);
    const chosen = await begin("nano");
    chosen.generation.finish(stats);
    const other = await begin();
    other.generation.finish(stats);
    expect(modelsFound).toEqual([{ chatId: other.chatId, modelId: "nano" }]);
  });

  it("that is stopped keeps its text", async () => {
    const { runs, begin } = await openRuns(open);
    const { runId, generation } = await begin();
    generation.emit(piece("answer", "half"));
    generation.emit({ kind: "live", live });
    const frames = ended(runs, runId);
    runs.stop(runId);
    const message = { state: "stopped", text: "half", problem: null, stats: { ...stats, stopReason: "stopped" } };
    expect((await frames).at(-1)).toMatchObject({ kind: "ended", message });
  });
});

it("is written with the settings of its chat", async () => {
  const { api: engines, engine } = await openHandledEngines(home);
  const library = { answeringFile: async () => listedModel("nano"), answeringServer: async () => null };
  const runs = new Runs({ engines, library, shownError: toProblem, store: { request }, onEvent: () => undefined });
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const replySettings = { temperature: 0.1, topP: 0.4, maxTokens: 12, thoughtTokens: 8, thoughtSeconds: 30, seed: 3 };
  store.configureChat({ chatId, replySettings });
  runs.start(store.beginTurn({ chatId, text: "x", model: null }), null);
  for (;;) {
    const { operation, params, finish } = await engine.next();
    if (operation === "generate") {
      const sampling = { temperature: 0.1, topP: 0.4, topK: 0, minP: 0, seed: 3 };
      expect(params).toMatchObject({ maxTokens: 12, thoughtLimit: { tokens: 8, ms: 30_000 }, sampling });
      return;
    }
    finish();
  }
});
