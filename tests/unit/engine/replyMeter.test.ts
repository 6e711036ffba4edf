import { describe, expect, it } from "vitest";
import { ReplyMeter } from "../../../electron/engine/generate/ReplyMeter.ts";

describe("ReplyMeter", () => {
  it("counts tokens by part and measures with the given clock", () => {
    let now = 1000;
    const meter = new ReplyMeter(900, () => now);
    meter.startPrefill(110, 10);
    now = 1500;
    for (const part of ["thought", "thought", "thought", "answer", "answer"] as const) {
      meter.token(part);
      now += 100;
    }
    expect(meter.live()).toMatchObject({
      thoughtTokens: 3,
      answerTokens: 2,
      tokensPerSecond: 10,
      tokensPerSecondNow: 10,
      ttftMs: 600,
      elapsedMs: 500,
    });
    expect(meter.stats("end")).toMatchObject({
      promptTokens: 110,
      cachedTokens: 10,
      ttftMs: 600,
      thoughtMs: 200,
      prefillTokensPerSecond: 200,
      tokensPerSecond: 10,
      stopReason: "end",
    });
  });

  it("has no rates before the second token", () => {
    const meter = new ReplyMeter(0, () => 5);
    expect(meter.stats("stopped")).toMatchObject({ tokensPerSecond: null, prefillTokensPerSecond: null, ttftMs: 5 });
    meter.token("answer");
    expect(meter.live()).toMatchObject({ tokensPerSecond: null, tokensPerSecondNow: null, elapsedMs: 0 });
  });

  it("reports at any moment the figures that would be stored if the reply ended then", () => {
    let now = 0;
    const meter = new ReplyMeter(0, () => now);
    meter.startPrefill(40, 8);
    now = 320;
    for (let token = 0; token < 200; token++) {
      meter.token(token < 90 ? "thought" : "answer");
      // Occasionally a slow token, and figures taken between two tokens.
      now += token % 17 === 0 ? 900 : 21;
      const { elapsedMs: _elapsedMs, tokensPerSecondNow: _now, isRepeating: _repeating, ...live } = meter.live();
      expect({ ...live, stopReason: "stopped" }).toEqual(meter.stats("stopped"));
    }
  });

  it("reports how fast the prompt is read, not counting reused tokens", () => {
    let now = 100;
    const meter = new ReplyMeter(0, () => now);
    meter.startPrefill(1000, 200);
    expect(meter.readingSpeed(200)).toBeNull();
    now = 2100;
    expect(meter.readingSpeed(300)).toBe(50);
  });

  it("keeps at most 120 speed samples, over equal slices of the whole reply", () => {
    let now = 0;
    const meter = new ReplyMeter(0, () => now);
    for (; now < 60_000; now += 20) meter.token("answer");
    const { speedSamples } = meter.stats("end");
    expect(speedSamples.length).toBeGreaterThan(59);
    expect(speedSamples.length).toBeLessThanOrEqual(120);
    expect(new Set(speedSamples)).toEqual(new Set([50]));
  });

  it("gives a model of less than one token per second a steady rate", () => {
    let now = 0;
    const meter = new ReplyMeter(0, () => now);
    for (; now <= 40_000; now += 4000) meter.token("thought");
    expect(meter.live().tokensPerSecondNow).toBe(0.25);
    expect(new Set(meter.stats("stopped").speedSamples)).toEqual(new Set([0.25]));
  });

  it("keeps enough digits of a slow model's speed to compute its time", () => {
    let now = 0;
    const meter = new ReplyMeter(0, () => now);
    for (; now < 30_000; now += 2345) meter.token("answer");
    const { tokensPerSecond, answerTokens } = meter.stats("end");
    expect(((answerTokens - 1) * 1000) / (tokensPerSecond ?? 0)).toBeCloseTo(28_140, -1);
  });

  it("has a curve for a reply of a quarter of a second", () => {
    let now = 0;
    const meter = new ReplyMeter(0, () => now);
    for (; now < 250; now += 2) meter.token("answer");
    expect(meter.stats("end").speedSamples).toHaveLength(7);
  });
});
