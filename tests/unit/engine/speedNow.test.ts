import { describe, expect, it } from "vitest";
import { speedNow } from "../../../electron/contract/speedNow.ts";

/** Returns the times of tokens every `everyMs`, up to `until`. */
function steady(everyMs: number, until: number): number[] {
  return Array.from({ length: Math.floor(until / everyMs) + 1 }, (_, index) => index * everyMs);
}

describe("speedNow", () => {
  it("has none before the second token", () => {
    expect(speedNow([], 5)).toBeNull();
    expect(speedNow([5], 900)).toBeNull();
    expect(speedNow([5, 5], 5)).toBeNull();
    expect(speedNow([5, 30], 30)).toBe(40);
  });

  it("is that of the last second, whatever came before", () => {
    const times = [...steady(20, 4000), ...steady(100, 1000).map((time) => 4100 + time)];
    expect(speedNow(times, 5100)).toBe(10);
  });

  it.each([0.2, 0.9, 3, 7.5, 40])("stays the same between the tokens of a steady %d tokens/s", (tokensPerSecond) => {
    const times = steady(1000 / tokensPerSecond, 20_000);
    const last = times.at(-1) ?? 0;
    for (let part = 0; part <= 1; part += 0.05) {
      expect(speedNow(times, last + part * (1000 / tokensPerSecond))).toBeCloseTo(tokensPerSecond, 6);
    }
  });

  it("falls continuously while a token is overdue, and never rises", () => {
    const times = steady(40, 3000);
    let before = 25;
    for (let overdueMs = 0; overdueMs <= 20_000; overdueMs += 10) {
      const speed = speedNow(times, 3000 + overdueMs) ?? Number.NaN;
      expect(speed).toBeLessThanOrEqual(before + 1e-9);
      before = speed;
    }
    expect(speedNow(times, 3500)).toBeLessThan(25);
    expect(speedNow(times, 3500)).toBeGreaterThan(10);
    expect(speedNow(times, 5000)).toBe(0.5);
    expect(speedNow(times, 13_000)).toBe(0.1);
  });
});
