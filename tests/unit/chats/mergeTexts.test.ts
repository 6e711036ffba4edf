import { expect, test } from "vitest";
import { mergeDrafts, mergeTexts } from "../../../electron/contract/mergeTexts.ts";

test("what was changed in one place only is taken over", () => {
  expect(mergeTexts("abc", "abc", "abcd")).toBe("abcd");
  expect(mergeTexts("abc", "ab", "abc")).toBe("ab");
  expect(mergeTexts("abc", "xyz", "xyz")).toBe("xyz");
  expect(mergeTexts("abc", "", "abc")).toBe("");
});

test("changes in different places are both made", () => {
  expect(mergeTexts("Hello world", "Dear world", "Hello world, again")).toBe("Dear world, again");
  expect(mergeTexts("Hello world, again", "Hello world", "Oh, hello world, again")).toBe("Oh, hello world");
  expect(mergeTexts("one two three", "one three", "one two three four")).toBe("one three four");
  // One ends where the other begins.
  expect(mergeTexts("Hello", "Howdy", "Hello you")).toBe("Howdy you");
});

test("where two texts are written at the same place, both stay", () => {
  expect(mergeTexts("", "from here", "from there")).toBe("from here\nfrom there");
  expect(mergeTexts("Ask: ", "Ask: one", "Ask: two")).toBe("Ask: one\ntwo");
  expect(mergeTexts("abcdef", "abXef", "aYdef")).toBe("aX\nYef");
  expect(mergeTexts("a", "a b", "a c")).toBe("a b c");
});

test("further letters at the same place are the same text, written further", () => {
  expect(mergeTexts("", "Hel", "Hello")).toBe("Hello");
  expect(mergeTexts("", "Hello", "Hel")).toBe("Hello");
});

test("what is sent leaves the draft, and what was added meanwhile stays", () => {
  expect(mergeTexts("Hello", "", "Hello")).toBe("");
  expect(mergeTexts("Hello", "", "Hello and more")).toBe(" and more");
  expect(mergeTexts("Hello", "", "")).toBe("");
});

test("characters are not cut in two", () => {
  // These share their first code unit, and these two their last.
  expect(mergeTexts("😀", "😁", "😂")).toBe("😁\n😂");
  expect(mergeTexts("\u{1F600}", "\u{1F400}", "\u{1F600}!")).toBe("\u{1F400}!");
});

test("whatever two people write, nothing of either is lost", () => {
  let seed = 7;
  const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 2000; round += 1) {
    const base = "lorem ipsum dolor sit amet".slice(random(10), random(27));
    const written = (word: string): string => {
      const at = random(base.length + 1);
      return base.slice(0, at) + word + base.slice(Math.min(base.length, at + random(3)));
    };
    const merged = mergeTexts(base, written("ONE"), written("TWO"));
    expect(merged).toContain("ONE");
    expect(merged).toContain("TWO");
  }
});

test("pasted texts that were added on either side stay, and one that was removed on either side goes", () => {
  const draft = (...pasted: string[]) => ({ draft: "", pasted });
  expect(mergeDrafts(draft("a"), draft("a", "b"), draft("a", "c"))).toEqual(draft("a", "b", "c"));
  expect(mergeDrafts(draft("a", "b"), draft("b"), draft("a", "b", "c"))).toEqual(draft("b", "c"));
  expect(mergeDrafts(draft("a", "b"), draft("a", "b"), draft("a"))).toEqual(draft("a"));
  expect(mergeDrafts(draft(), draft("a"), draft("a"))).toEqual(draft("a"));
});
