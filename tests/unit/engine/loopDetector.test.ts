import { expect, test } from "vitest";
import { LoopDetector } from "../../../electron/engine/generate/LoopDetector.ts";

/** Returns after how many tokens the detector first says that they repeat; null if never. */
function noticedAfter(tokens: Iterable<number>): number | null {
  const detector = new LoopDetector();
  let count = 0;
  for (const token of tokens) {
    detector.add(token);
    count++;
    if (detector.isRepeating) return count;
  }
  return null;
}

/** Always the same tokens, without a pattern. */
function* different(count: number, seed = 1): Generator<number> {
  let state = seed;
  for (let index = 0; index < count; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 12;
  }
}
const times = (count: number, tokens: number[]): number[] => Array.from({ length: count }, () => tokens).flat();

test.each([1, 7, 30, 200, 680])("a span of %i tokens, again and again, is noticed after its third round", (length) => {
  const span = [...different(length)];
  const noticed = noticedAfter(times(3000, span).slice(0, 5000));
  expect(noticed).toBeGreaterThan(2 * length);
  expect(noticed).toBeLessThan(3 * length + 400);
});

test("text without repetition is never said to repeat", () => {
  expect(noticedAfter(different(100_000))).toBeNull();
});

test("a passage that is quoted once, and lines that begin alike, do not count", () => {
  const passage = [...different(600)];
  expect(noticedAfter([...passage, ...different(50, 2), ...passage])).toBeNull();
  const lines = Array.from({ length: 300 }, (_, line) => [1, 2, 3, 4, 5, 6, ...different(10, line)]).flat();
  expect(noticedAfter(lines)).toBeNull();
});

test("once the reply goes on with something new, it no longer repeats itself", () => {
  const detector = new LoopDetector();
  for (const token of times(60, [...different(20)])) detector.add(token);
  expect(detector.isRepeating).toBe(true);
  for (const token of different(300, 5)) detector.add(token);
  expect(detector.isRepeating).toBe(false);
});
