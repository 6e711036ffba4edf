import { expect, test } from "vitest";
import { openTexts } from "../../../electron/texts/texts.ts";

const [english, french] = [openTexts("en"), openTexts("fr")];
const spaced = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

test("a processor with one thread has a thread, not threads", () => {
  const usable = ({ say }: typeof english, threads: number, count: number) =>
    spaced(say("hardware:machine.threadsUsable", { count, logical: say("benchmark:threads", { count: threads }) }));
  expect(usable(english, 4, 2)).toBe("2 of 4 threads can be used here.");
  expect(usable(french, 4, 2)).toBe("4 threads, dont 2 utilisables ici.");
  expect(usable(french, 2, 1)).toBe("2 threads, dont 1 utilisable ici.");
  expect(english.say("hardware:machine.threadsUsed", { count: 1 })).toMatch(/^A model gets 1 thread unless/);
  expect(english.say("hardware:machine.threadsUsed", { count: 8 })).toMatch(/^A model gets 8 threads unless/);
});

test("too many tests are counted in the plural of their number", () => {
  expect(english.say("benchmark:form.tooManyTests", { count: 101, most: 100 })).toMatch(/^These are 101 tests\./);
  expect(french.say("benchmark:form.tooManyTests", { count: 1, most: 1 })).toMatch(/^Cela fait 1 mesure\./);
});
