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

test("a flood is told once in its second, and what was not sent can be forgotten", () => {
  for (let index = 0; index < 3000; index++) lines.add(line("x"));
  expect(floods).toBe(1);
  lines.clear();
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([]);
});
