import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { GenerateEvent } from "../../../electron/contract/engineProtocol.ts";
import {
  type EngineForTests,
  engineForTests,
  loadNano,
  nanoPath,
  question,
} from "../../support/engine/engineForTests.ts";

let engine: EngineForTests;

beforeAll(async () => {
  engine = engineForTests();
  await loadNano(engine.client);
});
afterAll(async () => {
  await engine.dispose();
});

/** Requests a reply, collects its text by part, and calls `onEvent` with each event. */
async function ask(
  params: ReturnType<typeof question>,
  options: { onEvent?: (event: GenerateEvent) => void; signal?: AbortSignal; skipThought?: AbortSignal } = {},
) {
  const text = { thought: "", answer: "" };
  const events: GenerateEvent[] = [];
  const { outcome, value } = await engine.client.request("generate", params, {
    ...(options.signal ? { signal: options.signal } : {}),
    skipThought: options.skipThought,
    onEvent: (event) => {
      events.push(event);
      if (event.kind === "piece") text[event.part] += event.text;
      options.onEvent?.(event);
    },
  });
  return { outcome, stats: value, events, ...text };
}

/** About 1,000 tokens to read, in several slices. */
const longText = "How are you today? ".repeat(55);

describe("the engine with R1 Nano", () => {
  it("reports what it runs on", async () => {
    const info = await engine.client.start();
    expect(info.libraryVersion).toBe("3.21.1");
    expect(info.nodeVersion).toMatch(/^22\./);
    expect(info.backend).toBe("cpu");
    expect(info.probes.map((probe) => probe.backend)).toEqual(["metal", "cuda", "vulkan", "cpu"]);
  });

  it("thinks, answers, and counts tokens, not pieces", async () => {
    const reply = await ask(question("What is 17 + 25?"));
    expect(reply.outcome).toBe("done");
    expect(reply.thought).toMatch(/42/);
    // The line breaks before the answer belong to it, as in R1's own template.
    expect(reply.answer).toMatch(/^\n\n\S.*42/s);
    expect(reply.answer).not.toContain("think");
    const { stats } = reply;
    // Nano's tokens are bytes, so this is the text's length; in a thought, also `</think>` and the line break before
    // it.
    expect(stats?.answerTokens).toBe(Buffer.byteLength(reply.answer));
    expect(stats?.thoughtTokens).toBe(Buffer.byteLength(reply.thought) + 2);
    expect(stats).toMatchObject({ stopReason: "end", promptTokens: 2 + Buffer.byteLength("What is 17 + 25?") + 3 });
    expect(stats?.tokensPerSecond).toBeGreaterThan(0);
    expect(stats?.ttftMs).toBeGreaterThan(0);
  });

  it("sends live figures by its own clock, at most four times a second, and the last ones are those that are kept", async () => {
    const reply = await ask(question("Count to 99."));
    const lives = reply.events.flatMap((event) => (event.kind === "live" ? [event.live] : []));
    const written = lives.map(({ thoughtTokens, answerTokens }) => thoughtTokens + answerTokens);
    const elapsed = lives.map(({ elapsedMs }) => elapsedMs);
    expect(written[0]).toBe(1);
    expect(written).toEqual(written.toSorted((a, b) => a - b));
    expect(elapsed).toEqual([...new Set(elapsed)].toSorted((a, b) => a - b));
    // One with the first token, one at the end, and the timer's in between.
    expect(lives.length).toBeGreaterThanOrEqual(2);
    expect(lives.length).toBeLessThanOrEqual(2 + (elapsed.at(-1) ?? 0) / 250);
    const { stats } = reply;
    expect(written.at(-1)).toBe((stats?.thoughtTokens ?? 0) + (stats?.answerTokens ?? 0));
    expect(stats?.answerTokens).toBe(Buffer.byteLength(reply.answer));
    const {
      elapsedMs: _elapsedMs,
      tokensPerSecondNow: _now,
      isRepeating: _repeating,
      memory,
      ...last
    } = lives.at(-1) ?? {};
    expect({ ...last, stopReason: stats?.stopReason }).toEqual(stats);
    expect(memory?.residentBytes).toBeGreaterThan(10e6);
    expect(memory?.gpuBytes).toBeNull();
  });

  it("gives the same reply for the same seed, and a different one for another", async () => {
    const withSeed = (seed: number | null) =>
      ask(
        question("Tell me something.", {
          maxTokens: 60,
          sampling: { temperature: 8, topP: 1, topK: 0, minP: 0, seed },
        }),
      );
    const [first, again, other] = [await withSeed(7), await withSeed(7), await withSeed(8)];
    expect(again.thought + again.answer).toBe(first.thought + first.answer);
    expect(other.thought + other.answer).not.toBe(first.thought + first.answer);
  });

  it("continues a reply that was cut off in its thought or in its answer, as if it had not been", async () => {
    const params = question("What is 17 + 25?");
    const whole = await ask(params);
    for (const soFar of [
      { thought: whole.thought.slice(0, 9), answer: "" },
      { thought: whole.thought, answer: whole.answer.slice(0, 5) },
    ]) {
      const rest = await ask({ ...params, soFar });
      expect(soFar.thought + rest.thought).toBe(whole.thought);
      expect(soFar.answer + rest.answer).toBe(whole.answer);
      expect(rest.stats?.stopReason).toBe("end");
    }
  });

  it("ends a thought at its limit or on request, and answers as if the model had ended it there", async () => {
    const params = question("What is 17 + 25?");
    const limited = await ask({ ...params, thoughtLimit: { tokens: 9, ms: null } });
    expect(limited.thought).toHaveLength(9);
    expect(limited.stats).toMatchObject({ thoughtCut: "tokens", thoughtTokens: 9, stopReason: "end" });
    const rest = await ask({ ...params, soFar: { thought: limited.thought, answer: "\n\n" } });
    expect(limited.answer).toBe(`\n\n${rest.answer}`);

    const skip = new AbortController();
    const skipped = await ask(params, {
      skipThought: skip.signal,
      onEvent: (event) => {
        if (event.kind === "piece") skip.abort();
      },
    });
    expect(skipped.stats).toMatchObject({ thoughtCut: "skipped", stopReason: "end" });
    expect(skipped.thought.length).toBeLessThan(limited.thought.length + 10);
    expect(skipped.answer).toMatch(/\S/);
    // What was written is what the next prompt reuses.
    expect((await ask(params)).stats?.thoughtCut).toBeNull();
  });

  it("skips the thought when it is off", async () => {
    const reply = await ask(question("Hello", { thinking: "off", maxTokens: 20 }));
    expect(reply.thought).toBe("");
    expect(reply.stats?.thoughtTokens).toBe(0);
    expect(reply.stats?.answerTokens).toBeGreaterThan(0);
  });

  it("reuses the tokens it has already read", async () => {
    await ask(question(longText, { maxTokens: 1 }));
    const again = await ask(question(`${longText}Well?`, { maxTokens: 1 }));
    expect(again.stats?.cachedTokens).toBeGreaterThanOrEqual(longText.length);
    expect(again.stats).toMatchObject({ stopReason: "maxTokens", thoughtTokens: 1 });
  });

  it("refuses a prompt that does not fit, with both numbers, and cuts nothing", async () => {
    const params = question("x".repeat(2048));
    await expect(ask(params)).rejects.toMatchObject({
      code: "context-exceeded",
      facts: { case: "prompt", promptTokens: expect.any(Number), contextSize: 2048 },
    });
  });

  it("accepts a prompt that just fits, and ends when the context is full", async () => {
    const empty = await engine.client.request("prompt", question(""));
    const room = 2048 - (empty.value?.tokens.length ?? 0);
    await expect(ask(question("x".repeat(room)))).rejects.toMatchObject({ code: "context-exceeded" });
    const reply = await ask(question("x".repeat(room - 1)));
    expect(reply.stats).toMatchObject({ stopReason: "context", promptTokens: 2047, thoughtTokens: 1 });
  });

  it("stops within one slice while reading", async () => {
    const stop = new AbortController();
    const reply = await ask(question(`Another text. ${longText}`), {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.kind === "reading" && event.readTokens >= event.cachedTokens + 128) stop.abort();
      },
    });
    const last = reply.events.at(-1);
    expect(reply).toMatchObject({ outcome: "cancelled", stats: { stopReason: "stopped", thoughtTokens: 0 } });
    expect(last).toMatchObject({ kind: "reading" });
    expect(last?.kind === "reading" ? last.readTokens : 0).toBeLessThan(
      last?.kind === "reading" ? last.promptTokens - 1 : 0,
    );
  });

  it("stops while writing, with the figures so far, and answers the next question", async () => {
    const stop = new AbortController();
    let pieces = 0;
    const reply = await ask(question("What is 123 + 456?"), {
      signal: stop.signal,
      onEvent: (event) => {
        if (event.kind === "piece" && ++pieces >= 5) stop.abort();
      },
    });
    expect(reply).toMatchObject({ outcome: "cancelled", stats: { stopReason: "stopped", answerTokens: 0 } });
    expect(reply.thought.length).toBeGreaterThanOrEqual(5);
    expect((await ask(question("What is 17 + 25?"))).answer).toMatch(/42/);
  });

  it("handles two requests in turn, and drops one that is cancelled while it waits", async () => {
    const stop = new AbortController();
    const order: string[] = [];
    const first = ask(question("What is 17 + 25?"), { onEvent: () => stop.abort() }).then((reply) => {
      order.push("first");
      return reply;
    });
    const dropped = ask(question("Hello"), { signal: stop.signal }).then((reply) => {
      order.push("dropped");
      return reply;
    });
    const third = ask(question("What is 2 + 2?"));
    expect((await first).answer).toMatch(/42/);
    expect(await dropped).toMatchObject({ outcome: "cancelled", stats: null, events: [] });
    expect((await third).stats?.stopReason).toBe("end");
    expect(order).toEqual(["dropped", "first"]);
  });

  it("reports what is wrong with a file, in the library's own words, and continues", async () => {
    const bad = loadNano(engine.client, { path: `${nanoPath}.missing` });
    await expect(bad).rejects.toMatchObject({ code: "model-file-missing" });
    await expect(ask(question("Hello"))).rejects.toMatchObject({ code: "model-not-found" });
    await expect(loadNano(engine.client)).resolves.toMatchObject({ value: { contextSize: 2048, layers: 5 } });
  });

  it("cancels a load", async () => {
    const stop = new AbortController();
    const load = loadNano(engine.client, {}, stop.signal);
    stop.abort();
    // A load this small may end before the stop arrives. It must settle as one or the other.
    expect(["cancelled", "done"]).toContain((await load).outcome);
    await loadNano(engine.client);
    expect((await ask(question("What is 17 + 25?"))).answer).toMatch(/42/);
  });
});
