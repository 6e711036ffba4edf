import { expect, test } from "vitest";
import { chooseModel } from "../../../electron/contract/modelChoice.ts";
import { nano } from "../renderer/fakeBridge.ts";

const own = { ...nano, id: "own", builtIn: false };
const usual = { ...nano, id: "usual", builtIn: false };
const all = [usual, own, nano];
const tooLarge = { code: "model-too-large" } as const;
const crashed = { code: "model-crashed-engine" } as const;
const chosenId = (...[models, chosen, byDefault]: [typeof all, string | null, string | null]) =>
  chooseModel(models, { chosen, byDefault })?.id;

test("the chosen model answers, else the default, else the built-in one, else the first that works", () => {
  expect(chosenId(all, "own", "usual")).toBe("own");
  expect(chosenId(all, null, "usual")).toBe("usual");
  expect(chosenId(all, null, null)).toBe("r1-nano");
  expect(chosenId([{ ...usual, problems: [tooLarge] }, own], null, null)).toBe("own");
  expect(chosenId([], "own", "usual")).toBeUndefined();
});

test("a model that is gone is replaced by the next in order, both as the chosen one and as the default", () => {
  expect(chosenId(all, "gone", "usual")).toBe("usual");
  expect(chosenId(all, "gone", "gone as well")).toBe("r1-nano");
  expect(chosenId(all, null, "gone")).toBe("r1-nano");
});

test("a broken default is replaced; one that crashed the engine stays, and so does any chosen model", () => {
  expect(chosenId([{ ...usual, problems: [tooLarge] }, nano], null, "usual")).toBe("r1-nano");
  expect(chosenId([nano, { ...usual, problems: [crashed] }], null, "usual")).toBe("usual");
  expect(chosenId([nano, { ...usual, problems: [tooLarge] }], "usual", null)).toBe("usual");
});
