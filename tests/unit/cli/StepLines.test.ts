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

test("in a file or a pipe: a line within a second, then one now and then, with the newest words", () => {
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

test("work that ends at once needs no word", () => {
  const steps = new StepLines(terminal, true, false);
  steps.show("starting");
  steps.end();
  vi.advanceTimersByTime(10_000);
  expect(lines).toEqual([]);
});

test("where a person watches every word is shown in place, and gone at the end", () => {
  const steps = new StepLines(terminal, true, true);
  steps.show("starting");
  vi.advanceTimersByTime(600);
  steps.show("measuring");
  steps.end();
  expect(inPlace).toEqual(["starting", "measuring", ""]);
  expect(lines).toEqual([]);
});

test("where lines are not wanted there are none", () => {
  const steps = new StepLines(terminal, false, false);
  steps.show("starting");
  vi.advanceTimersByTime(10_000);
  steps.show("measuring");
  expect([lines, inPlace]).toEqual([[], []]);
});
