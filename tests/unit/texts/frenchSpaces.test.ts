import { expect, test } from "vitest";
import { withFrenchSpaces } from "../../../electron/texts/withFrenchSpaces.ts";
import { openTexts } from "../../../electron/texts/texts.ts";

test("a French line never begins with a punctuation mark, and guillemets stay with their word", () => {
  const said = { a: { b: "Tests ; prêt ! Vraiment ? Oui : « mot »" }, c: "10:30, http://x, {{n, number}} :" };
  expect(withFrenchSpaces(said)).toEqual({
    a: { b: "Tests\u202F; prêt\u202F! Vraiment\u202F? Oui\u00A0: «\u00A0mot\u00A0»" },
    c: "10:30, http://x, {{n, number}}\u00A0:",
  });
});

test("facts in a text are not changed", () => {
  const { say } = openTexts("fr");
  expect(say("cli:chat.noModel", { id: "a ; b" })).toBe(
    "Il n’y a pas de modèle «\u00A0a ; b\u00A0» ici. Les modèles sont\u00A0:",
  );
});
