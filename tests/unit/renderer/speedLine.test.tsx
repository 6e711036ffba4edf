// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fewerSamples } from "../../../renderer/features/chats/fewerSamples.ts";
import { linePoints } from "../../../renderer/features/chats/linePoints.ts";
import { SpeedFacts } from "../../../renderer/features/chats/SpeedFacts.tsx";
import { SpeedLine } from "../../../renderer/features/chats/SpeedLine.tsx";
import { texts } from "../../../renderer/texts.ts";
import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { LiveReply } from "../../../electron/contract/runs.ts";
import { live, stats } from "./fakeBridge.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  cleanup();
  texts.choose("en");
  vi.useRealTimers();
});

/** Advances the window's clock. */
const pass = (ms: number): void =>
  act(() => {
    vi.advanceTimersByTime(ms);
  });

const line = (): string => document.querySelector(".speed-line")?.textContent ?? "";

test("during a reply: the current speed, the average and the memory, as measured by the engine", () => {
  render(<SpeedLine figures={live} />);
  expect(line()).toContain("24.1 tok/s now");
  expect(line()).toContain("22.0 average");
  expect(line()).toContain("1.90 GB in use");
  expect(line()).toContain("40 + 301");
});

test("a graphics card's memory is shown beside the main memory", () => {
  render(<SpeedLine figures={{ ...live, memory: { residentBytes: 0.8e9, gpuBytes: 6.1e9 } }} />);
  expect(line()).toContain("800.0 MB in use, 6.10 GB on the GPU");
});

test("an engine that reports nothing for two seconds has no current speed; its next figure is shown again", () => {
  const { rerender } = render(<SpeedLine figures={live} />);
  pass(1900);
  // Each new figure restarts the wait, even if it is equal.
  rerender(<SpeedLine figures={{ ...live }} />);
  pass(1900);
  expect(line()).toContain("24.1 tok/s now");
  pass(100);
  expect(line()).toContain("– tok/s now");
  expect(line()).toContain("engine not responding");
  expect(line()).not.toContain("24.1");
  rerender(<SpeedLine figures={{ ...live, tokensPerSecondNow: 0.4 }} />);
  expect(line()).toContain("0.4 tok/s now");
  expect(line()).toContain("22.0 average");
});

test("a reply that has ended keeps its figures, however long it is shown", () => {
  render(<SpeedLine figures={stats} />);
  pass(60_000);
  expect(line()).toContain("23.4 tok/s");
  expect(line()).toContain("0.31 s to first token");
  expect(line()).not.toMatch(/now|average|in use|silent/);
});

test("the chart opens on a click, shows its figures, and stays open when the reply ends", () => {
  const { rerender } = render(<SpeedLine figures={live} />);
  const course = screen.getByRole("button", { name: "24.1 tok/s now" });
  expect(course.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByRole("figure")).toBeNull();
  fireEvent.click(course);
  expect(course.getAttribute("aria-expanded")).toBe("true");
  rerender(<SpeedLine figures={{ ...stats, thoughtTokens: 4, answerTokens: 1, tokensPerSecond: 20 }} />);
  const chart = screen.getByRole("figure");
  // Four tokens after the first, at 20 tokens/s.
  const words = "Between 10.0 and 30.0 tok/s, 20.0 on average, over 0.2 s.";
  expect(chart.getAttribute("aria-label")).toBe(`Speed during this reply. ${words}`);
  expect(chart.textContent).toBe(words);
  expect(chart.querySelector("polyline")?.getAttribute("points")).toBe("0.0,47.7 240.0,24.3 480.0,1.0");
  fireEvent.click(screen.getByRole("button", { name: "20.0 tok/s" }));
  expect(screen.queryByRole("figure")).toBeNull();
});

test("a reply too short for a chart says so instead", () => {
  render(
    <SpeedLine figures={{ ...stats, tokensPerSecond: null, speedSamples: [], thoughtTokens: 0, answerTokens: 1 }} />,
  );
  fireEvent.click(screen.getByRole("button", { name: "– tok/s" }));
  expect(screen.getByText("This reply is too short for a chart.")).toBeTruthy();
});

test("shows the figures as sentences, during a reply and afterwards", () => {
  const lines = (figures: LiveReply | ReplyStats): string[] => {
    const { container, unmount } = render(<SpeedFacts figures={figures} />);
    const found = Array.from(container.children, ({ textContent }) => textContent ?? "");
    unmount();
    return found;
  };
  expect(lines(live)).toEqual([
    "Prompt: 40 tokens, 0 of them cached",
    "Thought: 301 tokens",
    "Answer: 0 tokens",
    "Prompt read at 310.0 tok/s",
    "First token after 0.31 s",
    "The memory in use includes what the engine has read of the model file.",
  ]);
  expect(lines(stats)).toContain("The reply is complete");
  texts.choose("fr");
  expect(lines(live)).toContain("Prompt lu à 310,0\u00a0tok/s");
  texts.choose("zh-CN");
  expect(lines(live)).toContain("首个 token 用时 0.31 秒");
});

test("a change of the language updates figures on the screen", () => {
  render(<SpeedLine figures={live} />);
  expect(line()).toContain("24.1 tok/s now22.0 average1.90 GB in use");
  act(() => texts.choose("fr"));
  expect(line()).toContain("24,1\u00a0tok/s en direct22,0 en moyenne1,90\u00a0Go utilisés");
  act(() => texts.choose("zh-CN"));
  expect(line()).toContain("当前 24.1 tok/s平均 22.0占用 1.90 GB");
});

test("fewer samples are the means of equal groups, and few enough are not changed", () => {
  expect(fewerSamples([1, 2, 3], 3)).toEqual([1, 2, 3]);
  expect(fewerSamples([1, 3, 10, 20, 7], 3)).toEqual([2, 15, 7]);
  const many = Array.from({ length: 120 }, (_, index) => index);
  const fewer = fewerSamples(many, 32);
  expect(fewer.length).toBeLessThanOrEqual(32);
  expect(fewer).toEqual(fewer.toSorted((a, b) => a - b));
  expect(fewerSamples([], 32)).toEqual([]);
});

test("a line runs from one end to the other, with zero at the bottom and its peak at the top", () => {
  expect(linePoints([0, 5, 10], 10, 100, 12)).toBe("0.0,11.0 50.0,6.0 100.0,1.0");
  expect(linePoints([7], 7, 100, 12)).toBe("0.0,11.0 100.0,11.0");
  expect(linePoints([0, 0], 0, 100, 12)).toBe("0.0,11.0 100.0,11.0");
});
