import { expect, test } from "vitest";
import { StopStrings } from "../../../electron/server/StopStrings.ts";

/** Returns the pieces that come out, and whether a string was found. */
function run(stops: string[], pieces: string[]): { text: string; isOver: boolean } {
  const strings = new StopStrings(stops);
  const taken = pieces.map((piece) => strings.take(piece)).join("");
  return { text: taken + strings.end(), isOver: strings.isOver };
}

test("a text without any passes whole, whatever was held back", () => {
  expect(run(["END", "\n\n"], ["an E", "N", "\n", "x", "E"])).toEqual({ text: "an EN\nxE", isOver: false });
  expect(run([], ["a", "b"])).toEqual({ text: "ab", isOver: false });
});

test("it ends where the first one begins, also if it comes in parts", () => {
  expect(run(["END"], ["one E", "N", "D two"])).toEqual({ text: "one ", isOver: true });
  expect(run(["two", "one"], ["zero one two"])).toEqual({ text: "zero ", isOver: true });
  expect(run(["aab"], ["aaa", "ab", "c"])).toEqual({ text: "aa", isOver: true });
});

test("what cannot begin one is not held back", () => {
  const strings = new StopStrings(["END"]);
  expect(strings.take("abc")).toBe("abc");
  expect(strings.take("E")).toBe("");
  expect(strings.take("a")).toBe("Ea");
});

test("nothing follows it", () => {
  const strings = new StopStrings(["END"]);
  strings.take("END");
  expect(strings.take("more")).toBe("");
  expect(strings.end()).toBe("");
});
