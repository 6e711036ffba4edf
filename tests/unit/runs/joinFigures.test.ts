import { expect, test } from "vitest";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import { joinFigures } from "../../../electron/workbench/runs/joinFigures.ts";

const first: ReplyStats = {
  promptTokens: 40,
  cachedTokens: 8,
  thoughtTokens: 81,
  answerTokens: 20,
  ttftMs: 300,
  thoughtMs: 2000,
  thoughtCut: null,
  prefillTokensPerSecond: 100,
  // 100 tokens in 10 s.
  tokensPerSecond: 10,
  stopReason: "stopped",
  speedSamples: [9, 11],
};
// 60 tokens in 2 s.
const rest: ReplyStats = { ...first, promptTokens: 141, thoughtTokens: 0, answerTokens: 61, thoughtMs: 0, ttftMs: 90 };

test("a continued reply has the tokens of both parts, and their speed by the time that they took", () => {
  const whole = joinFigures(first, { ...rest, tokensPerSecond: 30, stopReason: "end", speedSamples: [30] });
  expect(whole).toMatchObject({
    promptTokens: 40,
    cachedTokens: 8,
    ttftMs: 300,
    thoughtTokens: 81,
    answerTokens: 81,
    thoughtMs: 2000,
    thoughtCut: null,
    stopReason: "end",
  });
  // 160 tokens in 12 s.
  expect(whole.tokensPerSecond).toBeCloseTo(13.333, 2);
  expect(whole.speedSamples).toHaveLength(120);
  expect(whole.speedSamples.filter((speed) => speed === 30)).toHaveLength(20);
  expect(whole.speedSamples.slice(0, 100)).toEqual([...Array(50).fill(9), ...Array(50).fill(11)]);
});

test("the figures are those of the rest if the first part was not measured", () => {
  expect(joinFigures(null, rest)).toBe(rest);
});

test("a part that is too short to have a speed does not change it", () => {
  const one = { ...rest, thoughtTokens: 0, answerTokens: 1, tokensPerSecond: null, speedSamples: [] };
  expect(joinFigures(first, one).tokensPerSecond).toBe(10);
});
