import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PreviewEntry } from "../../../electron/contract/preview.ts";
import { ConsoleLines } from "../../../electron/main/preview/ConsoleLines.ts";

let sent: { entries: PreviewEntry[]; dropped: number }[];
let floods: number;
let lines: ConsoleLines;
const line = (text: string) => ({ level: "log", text, line: 1, file: "a.js" }) as const;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  floods = 0;
  lines = new ConsoleLines(
    (entries, dropped) => sent.push({ entries, dropped }),
    () => floods++,
  );
});
afterEach(() => {
  vi.useRealTimers();
});

test("lines are sent together, equal ones as one with their count", () => {
  for (const text of ["a", "a", "b", "a"]) lines.add(line(text));
  vi.advanceTimersByTime(250);
  expect(sent).toEqual([
    {
      entries: [
        { ...line("a"), count: 2 },
        { ...line("b"), count: 1 },
        { ...line("a"), count: 1 },
      ],
      dropped: 0,
    },
  ]);
});

test("a line is cut, and too many are left out and counted", () => {
  lines.add(line("x".repeat(10_000)));
  for (let index = 0; index < 300; index++) lines.add(line(String(index)));
  lines.add({ ...line(""), dropped: 50 });
  vi.advanceTimersByTime(250);
  const [first] = sent;
  expect(first?.entries).toHaveLength(200);
  expect(first?.entries[0]?.text).toHaveLength(2000);
  expect(first?.dropped).toBe(101 + 50);
});

test("what the app says of a page is told also where the page has written too much", () => {
  for (let index = 0; index < 300; index++) lines.add(line(String(index)));
  lines.add({ level: "note", text: "another version", line: null, file: null });
  for (let index = 0; index < 100; index++) {
    lines.add({ level: "network", text: `https://example.com/${index}`, line: null, file: null });
  }
  vi.advanceTimersByTime(250);
  expect(sent[0]?.entries.filter(({ level }) => level === "note")).toHaveLength(1);
  expect(sent[0]?.entries).toHaveLength(250);
  expect(sent[0]?.dropped).toBe(100 + 51);
});

test("a flood is told once, and what was not sent can be forgotten", () => {
  for (let index = 0; index < 3000; index++) lines.add(line("x"));
  expect(floods).toBe(1);
  lines.clear();
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([]);
});

/** Adds so many lines in each second. */
function addFor(seconds: number, perSecond: number, text = "x", hidden = {}): void {
  for (let index = 0; index < seconds * perSecond; index++) {
    lines.add({ ...line(text), ...hidden });
    vi.advanceTimersByTime(1000 / perSecond);
  }
}

test("what the page's own throttle lets through is no flood, however long it goes on", () => {
  addFor(120, 250);
  expect(floods).toBe(0);
});

test("a flood is noticed also where the app has no time to read 2000 lines in a second", () => {
  addFor(10, 1000);
  expect(floods).toBe(1);
});

test("lines that are hidden or long are a flood too", () => {
  addFor(10, 1000, "x", { isHidden: true });
  expect(floods).toBe(1);
  expect(sent).toEqual([]);
  lines.clear();
  addFor(10, 20, "x".repeat(1_000_000));
  expect(floods).toBe(2);
});

test("a page after a flood has its own measure", () => {
  addFor(10, 1000);
  lines.clear();
  addFor(1, 250);
  expect(floods).toBe(1);
});
