import { expect, test } from "vitest";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import { thoughtLimit } from "../../../electron/workbench/runs/thoughtLimit.ts";

const stats = (part: Partial<ReplyStats>) =>
  ({ thoughtTokens: 100, thoughtMs: 4000, thoughtCut: null, ...part }) as ReplyStats;

test("a new reply has the limits of its chat", () => {
  expect(thoughtLimit({ thoughtTokens: 512, thoughtSeconds: 30 }, { stats: null })).toEqual({
    tokens: 512,
    ms: 30_000,
  });
  expect(thoughtLimit({ thoughtTokens: null, thoughtSeconds: null }, { stats: null })).toEqual({
    tokens: null,
    ms: null,
  });
});

test("of a reply that is continued, what it has thought counts", () => {
  expect(thoughtLimit({ thoughtTokens: 512, thoughtSeconds: 30 }, { stats: stats({}) })).toEqual({
    tokens: 412,
    ms: 26_000,
  });
  expect(thoughtLimit({ thoughtTokens: 50, thoughtSeconds: 3 }, { stats: stats({}) })).toEqual({ tokens: 0, ms: 0 });
});

test("a thought that was skipped does not go on", () => {
  const limits = { thoughtTokens: null, thoughtSeconds: null };
  expect(thoughtLimit(limits, { stats: stats({ thoughtCut: "skipped" }) })).toEqual({ tokens: 0, ms: null });
});
