import { expect, test } from "vitest";
import { openTexts } from "../../../electron/texts/texts.ts";

const [english, french] = [openTexts("en"), openTexts("fr")];
const spaced = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, " ");

test("one file of several is not “files”", () => {
  const facts = { files: 2, name: "a.gguf", what: "It is empty." };
  expect(english.say("models:importRefused", { ...facts, count: 1 })).toBe(
    "1 of 2 files was not imported. a.gguf: It is empty.",
  );
  expect(spaced(french.say("models:importRefused", { ...facts, count: 1 }))).toBe(
    "1 fichier sur 2 n’a pas été importé. a.gguf : It is empty.",
  );
  expect(spaced(french.say("models:importRefused", { ...facts, count: 2 }))).toMatch(/^2 fichiers sur 2 n’ont pas été/);
});

test("a processor with one core has a core, not cores", () => {
  const hint = ({ say }: typeof english, cores: number, usable: number) =>
    spaced(
      say("hardware:machine.processorHint", {
        cores: say("benchmark:facts.cores", { count: cores }),
        count: usable,
        logical: say("benchmark:threads", { count: cores }),
        threads: 1,
        features: "AVX2",
      }),
    ).split(/;? (?:a model|un modèle|模型)/)[0];
  expect(hint(english, 1, 1)).toBe("1 core; 1 of 1 thread usable here");
  expect(hint(english, 4, 2)).toBe("4 cores; 2 of 4 threads usable here");
  expect(hint(french, 1, 1)).toBe("1 cœur ; 1 thread, dont 1 utilisable ici ");
  expect(hint(french, 4, 2)).toBe("4 cœurs ; 4 threads, dont 2 utilisables ici ");
});

test("too many tests are counted in the plural of their number", () => {
  expect(english.say("benchmark:form.tooManyTests", { count: 101, most: 100 })).toMatch(/^These are 101 tests\./);
  expect(french.say("benchmark:form.tooManyTests", { count: 1, most: 1 })).toMatch(/^Cela fait 1 mesure\./);
});
