import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GenerateEvent } from "../../../electron/contract/engineProtocol.ts";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import { type GgufFacts, type Model, modelChoicesSchema } from "../../../electron/contract/models.ts";
import type { LiveReply, RunFrame } from "../../../electron/contract/runs.ts";
import { ChatStore } from "../../../electron/workbench/chats/ChatStore.ts";
import type { StoreClient } from "../../../electron/workbench/chats/StoreClient.ts";
import { EngineTurns } from "../../../electron/workbench/runs/EngineTurns.ts";
import { Runs } from "../../../electron/workbench/runs/Runs.ts";
import type { ReplyParts } from "../../../electron/workbench/runs/writeReply.ts";

const live: LiveReply = {
  thoughtTokens: 1,
  answerTokens: 0,
  thoughtMs: 5,
  prefillTokensPerSecond: null,
  tokensPerSecond: 23.5,
  tokensPerSecondNow: 24.1,
  speedSamples: [23, 24],
  promptTokens: 9,
  cachedTokens: 0,
  ttftMs: 3,
  elapsedMs: 400,
  memory: { residentBytes: 1.9e9, gpuBytes: null },
};
const stats: ReplyStats = {
  thoughtTokens: 1,
  answerTokens: 0,
  thoughtMs: 5,
  prefillTokensPerSecond: null,
  tokensPerSecond: 23.5,
  speedSamples: [23, 24],
  promptTokens: 9,
  cachedTokens: 0,
  ttftMs: 3,
  stopReason: "end",
};

interface Generation {
  emit: (event: GenerateEvent) => void;
  finish: (stats: ReplyStats) => void;
  die: (error: Error) => void;
  signal: AbortSignal;
}

let home: string;
let store: ChatStore;
/** Set to make the store refuse to end replies. */
let refusal: WorkbenchError | null;
let storeProblems: (string | null)[];
let generations: Generation[];
let nextGeneration: () => void;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "runs-"));
  store = new ChatStore(home);
  refusal = null;
  storeProblems = [];
  generations = [];
});
afterEach(() => {
  store.close();
  rmSync(home, { recursive: true, force: true });
});

/** The real store, asked without its thread. */
const request = (async (operation: "finishReply", params: never) => {
  if (refusal !== null && operation === "finishReply") throw refusal;
  return store[operation](params);
}) as unknown as StoreClient["request"];

function openRuns(): Runs {
  const engine = {
    request: (_operation: string, _params: unknown, options: { onEvent: Generation["emit"]; signal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        const finish = (value: ReplyStats) => resolve({ outcome: "done", value });
        options.signal.addEventListener("abort", () => resolve({ outcome: "cancelled", value: null }));
        generations.push({ emit: options.onEvent, finish, die: reject, signal: options.signal });
        nextGeneration?.();
      }),
  } as unknown as ReplyParts["engine"];
  return new Runs({
    engine,
    shownError: toProblem,
    models: {
      answering: async () => ({ id: "nano", name: "R1 Nano", family: "r1" }) as Model,
      facts: async () => ({ family: "r1" }) as GgufFacts,
      ensureLoaded: async () => true,
      choices: async () => modelChoicesSchema.parse({}),
      keepInUse: (_model, work) => work(),
      replied: async () => undefined,
      failed: async () => undefined,
    },
    turns: new EngineTurns(),
    store: { request },
    onEvent: () => undefined,
    onStoreProblem: (problem) => storeProblems.push(problem?.code ?? null),
  });
}

async function begin(runs: Runs): Promise<{ runId: string; chatId: string; generation: Generation }> {
  const { id: chatId } = store.createChat({ thinking: "on", modelId: null });
  const started = new Promise<void>((resolve) => {
    nextGeneration = resolve;
  });
  const runId = runs.start(store.beginTurn({ chatId, text: "x", model: null }), null);
  await started;
  const generation = generations.at(-1);
  if (generation === undefined) throw new Error("nothing was generated");
  return { runId, chatId, generation };
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

describe("a run", () => {
  it("gives a late listener a snapshot and then the rest, and outlives a listener that fails", async () => {
    const runs = openRuns();
    const { runId, generation } = await begin(runs);
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

  it("journals what arrives before the reply ends", async () => {
    const runs = openRuns();
    const { runId, generation } = await begin(runs);
    generation.emit(piece("thought", "x".repeat(2048)));
    await expect.poll(() => store.readMessage({ messageId: runId }).thought).toBe("x".repeat(2048));
    generation.emit(piece("answer", "small"));
    await expect.poll(() => store.readMessage({ messageId: runId }).text).toBe("small");
    const frames = ended(runs, runId);
    generation.finish(stats);
    await frames;
  });

  it("keeps its text when the engine dies, and tells why", async () => {
    const runs = openRuns();
    const { runId, generation } = await begin(runs);
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

  it("whose end cannot be stored is kept, shown, and stored as soon as it can be", async () => {
    const runs = openRuns();
    const { runId, generation } = await begin(runs);
    refusal = new WorkbenchError("disk-full");
    const frames = ended(runs, runId);
    generation.emit(piece("answer", "42"));
    generation.finish(stats);
    expect((await frames).at(-1)).toMatchObject({ message: { text: "42", problem: { code: "disk-full" } } });
    const stale = store.readMessage({ messageId: runId });
    expect(stale.state).toBe("streaming");
    expect(runs.freshest(stale)).toMatchObject({ state: "done", text: "42" });
    refusal = null;
    await expect.poll(() => store.readMessage({ messageId: runId }).state, { timeout: 5000 }).toBe("done");
    expect(storeProblems).toEqual(["disk-full", null]);
    expect(store.readMessage({ messageId: runId })).toMatchObject({ text: "42", problem: null });
  });

  it("is interrupted by closing, with its text in the store, and settles only once", async () => {
    const runs = openRuns();
    const { runId, generation } = await begin(runs);
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
    const runs = openRuns();
    const { runId, chatId, generation } = await begin(runs);
    expect(runs.runIn(chatId)).toBe(runId);
    generation.finish(stats);
    await ended(runs, runId);
    expect(runs.runIn(chatId)).toBeNull();
    const unknown: RunFrame[] = [];
    runs.attach("unknown", (frame) => unknown.push(frame));
    expect((await ended(runs, runId)).map(({ kind }) => kind)).toEqual(["snapshot", "ended"]);
    expect(unknown).toEqual([]);
  });
});
