import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StepLines } from "../../../electron/cli/StepLines.ts";
import type { Terminal } from "../../../electron/cli/Terminal.ts";

let lines: string[];
let inPlace: string[];
const terminal = {
  aside: (text: string) => lines.push(text),
  progress: (text: string) => inPlace.push(text),
} as unknown as Terminal;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  lines = [];
  inPlace = [];
});
afterEach(() => {
  vi.useRealTimers();
});

test("in a file or a pipe, prints a line within a second, then one at intervals, with the newest text", () => {
  const steps = new StepLines(terminal, true, false);
  steps.show("starting");
  steps.show("measuring: 1 %");
  vi.advanceTimersByTime(1000);
  expect(lines).toEqual(["measuring: 1 %\n"]);
  for (let percent = 2; percent <= 12; percent++) {
    vi.advanceTimersByTime(1000);
    steps.show(`measuring: ${percent} %`);
  }
  expect(lines).toEqual(["measuring: 1 %\n", "measuring: 6 %\n", "measuring: 11 %\n"]);
  expect(inPlace).toEqual([]);
});

test("prints nothing for work that ends at once", () => {
  const steps = new StepLines(terminal, true, false);
  steps.show("starting");
  steps.end();
  vi.advanceTimersByTime(10_000);
  expect(lines).toEqual([]);
});

test("in a terminal, shows every text in place, and clears it at the end", () => {
  const steps = new StepLines(terminal, true, true);
  steps.show("starting");
  vi.advanceTimersByTime(600);
  steps.show("measuring");
  steps.end();
  expect(inPlace).toEqual(["starting", "measuring", ""]);
  expect(lines).toEqual([]);
});

test("prints no lines if none are wanted", () => {
  const steps = new StepLines(terminal, false, false);
  steps.show("starting");
  vi.advanceTimersByTime(10_000);
  steps.show("measuring");
  expect([lines, inPlace]).toEqual([[], []]);
});
