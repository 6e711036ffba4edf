import { expect, test } from "vitest";
import { speedLine } from "../../../electron/cli/speedLine.ts";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

const stats: ReplyStats = {
  thoughtTokens: 1200,
  answerTokens: 34,
  thoughtMs: 1000,
  thoughtCut: null,
  tokensPerSecond: 23.44,
  ttftMs: 312,
  promptTokens: 800,
  cachedTokens: 700,
  prefillTokensPerSecond: 100,
  stopReason: "maxTokens",
  speedSamples: [],
};

test.each([
  [
    "en",
    "1,234 tokens (1,200 thought, 34 answer) · 23.4 tok/s · first token after 0.31 s · prompt: 800 tokens, 700 reused · token limit reached",
  ],
  [
    "fr",
    "1 234 tokens (1 200 de réflexion, 34 de réponse) · 23,4 tok/s · premier token après 0,31 s · prompt : 800 tokens, dont 700 réutilisés · limite de tokens atteinte",
  ],
  [
    "zh-CN",
    "1,234 个 token（思考 1,200，答案 34） · 23.4 tok/s · 首个 token 延迟 0.31 秒 · 提示词 800 个 token，其中 700 个复用 · 达到 token 上限",
  ],
] as const)("the figures of a reply in %s", (language, line) => {
  expect(speedLine(openTexts(language), stats).replaceAll(/[\u00A0\u202F]/g, " ")).toBe(line);
});

test("a thought that was ended at its limit", () => {
  const cut: ReplyStats = { ...stats, thoughtCut: "tokens", stopReason: "end" };
  expect(speedLine(openTexts("en"), cut)).toMatch(/ · thought ended at its token limit$/);
  expect(speedLine(openTexts("fr"), { ...cut, thoughtCut: "time" })).toMatch(/terminée à sa limite de temps$/);
});

test("a reply that ended normally, without reuse", () => {
  const plain: ReplyStats = { ...stats, thoughtTokens: 0, answerTokens: 1, tokensPerSecond: null, cachedTokens: 0 };
  expect(speedLine(openTexts("en"), { ...plain, stopReason: "end" })).toBe(
    "1 token (0 thought, 1 answer) · first token after 0.31 s · prompt: 800 tokens",
  );
});
