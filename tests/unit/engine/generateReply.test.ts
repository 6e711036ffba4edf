import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { GenerateEvent, GenerateParams } from "../../../electron/contract/engineProtocol.ts";
import { generateReply } from "../../../electron/engine/generate/generateReply.ts";
import type { LoadedModel } from "../../../electron/engine/LoadedModel.ts";
import { ReadingPace } from "../../../electron/engine/read/ReadingPace.ts";
import { byteVocabulary } from "../../support/engine/byteVocabulary.ts";

beforeEach(() =>
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "performance"] }),
);
afterEach(() => vi.useRealTimers());

const endOfReply = byteVocabulary.special.get("<｜end▁of▁sentence｜>") ?? -1;
const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A model whose tokens come after these pauses, each the letter x, and whose prompt takes 100 ms per batch. */
function modelWithPauses(pausesMs: readonly number[], gpu: string | false = false): LoadedModel {
  const model = {
    llama: { gpu, getVramState: () => Promise.resolve({ total: 8e9, used: 6e9, free: 2e9, unifiedSize: 0 }) },
    isEogToken: (token: number) => token === endOfReply,
    detokenize: (tokens: number[]) => Buffer.from(tokens).toString(),
  };
  const sequence = {
    nextTokenIndex: 0,
    adaptStateToTokens: () => Promise.resolve(),
    evaluateWithoutGeneratingNewTokens: () => after(100),
    async *evaluate() {
      for (const pauseMs of pausesMs) {
        await after(pauseMs);
        yield 120;
      }
      yield endOfReply;
    },
  };
  const params = { family: "r1", chatTemplate: null };
  const context = { contextSize: 4096, batchSize: 8 };
  const pace = new ReadingPace();
  return { params, model, sequence, context, vocabulary: byteVocabulary, pace } as unknown as LoadedModel;
}

/** Writes one reply to its end. Resolves with what was reported, and when. */
async function write(
  loaded: LoadedModel,
  changed: Partial<GenerateParams> = {},
  skipThought = new AbortController().signal,
) {
  const events: { atMs: number; event: GenerateEvent }[] = [];
  const sampling = { temperature: 0, topP: 1, topK: 1, minP: 0, seed: 1 };
  const stats = generateReply(loaded, {
    params: {
      chat: null,
      messages: [{ role: "user", content: "How are you?" }],
      thinking: "off",
      sampling,
      maxTokens: null,
      ...changed,
    },
    arrivedAt: performance.now(),
    signal: new AbortController().signal,
    skipThought,
    onEvent: (event) => events.push({ atMs: performance.now(), event }),
  });
  await vi.runAllTimersAsync();
  return { stats: await stats, events, timersLeft: vi.getTimerCount() };
}

const livesOf = ({ events }: Awaited<ReturnType<typeof write>>) =>
  events.flatMap(({ atMs, event }) => (event.kind === "live" ? [{ ...event.live, atMs }] : []));

test("live figures come with the first token, every 250 ms and at the end, and no timer is left", async () => {
  const reply = await write(modelWithPauses(Array.from({ length: 50 }, () => 20)));
  const lives = livesOf(reply);
  expect(lives.map(({ elapsedMs }) => elapsedMs)).toEqual([0, 250, 500, 750, 980]);
  expect(lives.map(({ answerTokens }) => answerTokens)).toEqual([1, 13, 25, 38, 50]);
  expect(lives[0]?.memory).toEqual({ residentBytes: expect.any(Number), gpuBytes: null });
  const {
    elapsedMs: _elapsedMs,
    tokensPerSecondNow,
    memory: _memory,
    isRepeating: _repeating,
    atMs: _atMs,
    ...last
  } = lives.at(-1) ?? {};
  expect({ ...last, stopReason: "end" }).toEqual(reply.stats);
  expect(tokensPerSecondNow).toBe(50);
  expect(reply.timersLeft).toBe(0);
});

test("a stall is reported while it lasts: the current speed falls, the average waits for the token", async () => {
  const lives = livesOf(await write(modelWithPauses([20, 20, 20, 20, 20, 4000, 20])));
  const stalled = lives.filter(({ answerTokens }) => answerTokens === 5);
  expect(stalled.length).toBeGreaterThan(14);
  const speeds = stalled.map(({ tokensPerSecondNow }) => tokensPerSecondNow ?? Number.NaN);
  expect(speeds).toEqual(speeds.toSorted((a, b) => b - a));
  expect(speeds.at(-1)).toBeLessThan(0.3);
  expect(new Set(stalled.map(({ tokensPerSecond }) => tokensPerSecond))).toEqual(new Set([50]));
});

test("the first figures follow the first text, so that a window knows which part they belong to", async () => {
  const { events } = await write(modelWithPauses([5, 5]));
  expect(events.map(({ event }) => event.kind).filter((kind) => kind !== "reading")).toEqual([
    "piece",
    "live",
    "piece",
    "live",
  ]);
});

test("while the prompt is read, its speed is reported after each batch", async () => {
  const { events } = await write(modelWithPauses([5]));
  const reading = events.flatMap(({ event }) => (event.kind === "reading" ? [event] : []));
  expect(reading[0]).toMatchObject({ readTokens: 0, tokensPerSecond: null });
  expect(reading[1]).toMatchObject({ readTokens: 8, tokensPerSecond: 80 });
});

test("a graphics card's memory is read from the backend", async () => {
  const lives = livesOf(await write(modelWithPauses([5, 300, 5], "cuda")));
  expect(lives.at(-1)?.memory?.gpuBytes).toBe(6e9);
});

describe("a thought that is ended early", () => {
  const closing = byteVocabulary.special.get("</think>") ?? -1;

  /** A model that writes x without end, a token every 20 ms, and after `</think>` the answer "yes". */
  function endlessThinker(): { loaded: LoadedModel; inputs: number[][] } {
    const inputs: number[][] = [];
    const loaded = modelWithPauses([]);
    const sequence = {
      nextTokenIndex: 0,
      adaptStateToTokens: () => Promise.resolve(),
      evaluateWithoutGeneratingNewTokens: () => after(1),
      async *evaluate(input: number[]) {
        inputs.push(input);
        if (input.at(-1) === closing) yield* [...Buffer.from("yes"), endOfReply];
        for (;;) {
          await after(20);
          yield 120;
        }
      },
    };
    return { loaded: { ...loaded, sequence } as unknown as LoadedModel, inputs };
  }
  const textOf = ({ events }: Awaited<ReturnType<typeof write>>, part: "thought" | "answer"): string =>
    events.map(({ event }) => (event.kind === "piece" && event.part === part ? event.text : "")).join("");

  test("after a number of tokens, it is closed on a line of its own, and the answer follows", async () => {
    const { loaded, inputs } = endlessThinker();
    const reply = await write(loaded, { thinking: "on", thoughtLimit: { tokens: 5, ms: null } });
    expect(textOf(reply, "thought")).toBe("xxxxx");
    expect(textOf(reply, "answer")).toBe("yes");
    // The last token was drawn but not read yet.
    expect(inputs[1]).toEqual([120, 10, closing]);
    expect(reply.stats).toMatchObject({ thoughtCut: "tokens", thoughtTokens: 5, answerTokens: 3, stopReason: "end" });
  });

  test("after a time", async () => {
    const reply = await write(endlessThinker().loaded, { thinking: "on", thoughtLimit: { tokens: null, ms: 200 } });
    expect(textOf(reply, "thought")).toBe("x".repeat(11));
    expect(reply.stats).toMatchObject({ thoughtCut: "time", thoughtMs: 200, stopReason: "end" });
  });

  test("on request, also before its first token", async () => {
    const { loaded, inputs } = endlessThinker();
    const reply = await write(loaded, { thinking: "on" }, AbortSignal.abort());
    expect(textOf(reply, "thought")).toBe("");
    expect(textOf(reply, "answer")).toBe("yes");
    // As in the prompt of a reply without a thought.
    expect(inputs[0]?.slice(-2)).toEqual([10, closing]);
    expect(reply.stats).toMatchObject({ thoughtCut: "skipped", thoughtTokens: 0 });
  });

  test("a request does nothing once the answer has begun", async () => {
    const { loaded } = endlessThinker();
    const reply = await write(
      loaded,
      { thinking: "off", maxTokens: 4, thoughtLimit: { tokens: 0, ms: 0 } },
      AbortSignal.abort(),
    );
    expect(textOf(reply, "answer").trim()).toBe("xxxx");
    expect(reply.stats.thoughtCut).toBeNull();
  });

  test("without room for its closing, the context is full", async () => {
    const { loaded } = endlessThinker();
    const full = { ...loaded, sequence: Object.assign(loaded.sequence, { nextTokenIndex: 4094 }) };
    const reply = await write(full as LoadedModel, { thinking: "on" }, AbortSignal.abort());
    expect(reply.stats.stopReason).toBe("context");
  });
});

test("a reply that repeats itself says so, and is not ended", async () => {
  const lives = livesOf(await write(modelWithPauses(Array.from({ length: 500 }, () => 20))));
  expect(lives[0]?.isRepeating).toBe(false);
  expect(lives.at(-1)).toMatchObject({ isRepeating: true, answerTokens: 500 });
});
