import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { MeasureEvent, MeasureParams } from "../../../electron/contract/engineProtocol.ts";
import { type EngineForTests, engineForTests, loadNano, question } from "../../support/engine/engineForTests.ts";

let engine: EngineForTests;

beforeAll(async () => {
  engine = engineForTests();
  await loadNano(engine.client);
});
afterAll(async () => {
  await engine.dispose();
});

const params: MeasureParams = {
  tests: [
    { promptTokens: 256, generatedTokens: 0, depth: 0 },
    { promptTokens: 0, generatedTokens: 8, depth: 300 },
    { promptTokens: 16, generatedTokens: 8, depth: 0 },
  ],
  repeats: 2,
  seed: 1,
  firstTokenPromptTokens: 16,
};

async function measure(overrides: Partial<MeasureParams> = {}, stopAt?: (event: MeasureEvent) => boolean) {
  const stop = new AbortController();
  const events: MeasureEvent[] = [];
  const { outcome, value } = await engine.client.request(
    "measure",
    { ...params, ...overrides },
    {
      signal: stop.signal,
      onEvent: (event) => {
        events.push(event);
        if (stopAt?.(event) === true) stop.abort();
      },
    },
  );
  return { outcome, value, events };
}

describe("measuring R1 Nano", () => {
  it("names tests as llama-bench does, warms up once, and reports each run", async () => {
    const { outcome, value, events } = await measure();
    expect(outcome).toBe("done");
    expect(value?.tests.map(({ name, depth, samples }) => [name, depth, samples.length])).toEqual([
      ["pp256", 0, 2],
      ["tg8", 300, 2],
      ["pp16+tg8", 0, 2],
    ]);
    expect(value?.tests.flatMap(({ samples }) => samples).every((speed) => speed > 0)).toBe(true);
    expect(value?.ttftMs).toBeGreaterThan(0);
    expect(value?.peakResidentBytes).toBeGreaterThan(3_000_000);
    expect(events.map(({ test, repeat, samples }) => [test, repeat, samples.length])).toEqual(
      [0, 1, 2].flatMap((test) => [0, 1, 2].map((repeat) => [test, repeat, repeat])),
    );
  });

  it("starts no further run of a test whose time is up, but always makes one", async () => {
    const { outcome, value } = await measure({ repeats: 50, testMs: 0 });
    expect(outcome).toBe("done");
    expect(value?.complete).toBe(true);
    expect(value?.tests.map(({ samples }) => samples.length)).toEqual([1, 1, 1]);
  });

  it("keeps what was measured when it is cancelled", async () => {
    const { outcome, value } = await measure({ repeats: 100_000 }, ({ repeat }) => repeat === 1);
    expect(outcome).toBe("cancelled");
    expect(value).toMatchObject({ complete: false, ttftMs: null, tests: [{ name: "pp256" }] });
    expect(value?.tests[0]?.samples.length).toBeGreaterThanOrEqual(1);
  });

  it("refuses tests that the context cannot hold, before measuring", async () => {
    const tooDeep = measure({ tests: [{ promptTokens: 1, generatedTokens: 0, depth: 2048 }] });
    await expect(tooDeep).rejects.toMatchObject({ code: "context-exceeded" });
    // The library would shift a full context, and so read the prompt twice in one measurement.
    const full = measure({ tests: [{ promptTokens: 2048, generatedTokens: 0, depth: 0 }] });
    await expect(full).rejects.toMatchObject({ code: "context-exceeded" });
  });

  it("picks the likeliest tokens, the same with other threads and batches, and stops when asked", async () => {
    const prompt = { messages: [{ role: "user" as const, content: "What is 17 + 25?" }], thinking: "off" as const };
    const params = { prompt, tokens: 12 };
    const first = await engine.client.request("greedy", params);
    expect(first.value?.tokens.length).toBe(12);
    expect((await engine.client.request("greedy", { ...params, threads: 2 })).value).toEqual(first.value);
    const other = { ...prompt, messages: [{ role: "user" as const, content: "Spell dog backwards." }] };
    const { value } = await engine.client.request("greedy", { ...params, prompt: other });
    expect(value?.tokens).not.toEqual(first.value?.tokens);
    const stop = AbortSignal.abort();
    const stopped = await engine.client.request("greedy", { ...params, tokens: 1000 }, { signal: stop });
    expect(stopped).toEqual({ outcome: "cancelled", value: null });
    await loadNano(engine.client, { batchSize: 16 });
    expect((await engine.client.request("greedy", params)).value).toEqual(first.value);
    await expect(engine.client.request("greedy", { prompt, tokens: 2048 })).rejects.toMatchObject({
      code: "context-exceeded",
    });
  });

  it("leaves the model ready for replies, with an empty context", async () => {
    await measure({ repeats: 1 });
    const { value } = await engine.client.request("generate", question("What is 17 + 25?"));
    expect(value).toMatchObject({ stopReason: "end", cachedTokens: 0 });
  });
});
