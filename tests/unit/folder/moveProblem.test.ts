import { expect, test } from "vitest";
import { toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import { failureLine } from "../../../electron/texts/failureText.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { moveProblem } from "../../../electron/workbench/folder/moveProblem.ts";

const everyTexts = (["en", "fr", "zh-CN"] as const).map((language) => openTexts(language));
const system = (code: string): Error => Object.assign(new Error(`${code}: said by the system`), { code });

test("what the file system refuses has a code of ours, and after the switch nothing can be undone", () => {
  expect(moveProblem(system("ENOSPC"), "copying").facts).toEqual({ case: "diskFull" });
  expect(moveProblem(system("EFBIG"), "copying").facts).toEqual({ case: "largeFile" });
  expect(moveProblem(system("EIO"), "copying").facts).toEqual({ case: "system" });
  expect(moveProblem(system("EBUSY"), "cleaning").facts).toEqual({ case: "notDeleted" });
  const coded = new WorkbenchError("models-moving");
  expect(moveProblem(coded, "copying")).toBe(coded);
});

test("a move that has not begun was refused, and cannot be undone", () => {
  expect(moveProblem(system("EIO"), "none")).toMatchObject({ code: "models-move-refused", facts: { case: "system" } });
  expect(moveProblem(system("ENOSPC"), "none").code).toBe("disk-full");
});

test.each(["none", "copying", "switching", "cleaning"] as const)(
  "in %s, the system's own words are a detail and not a sentence for people",
  (state) => {
    const problem = toProblem(moveProblem(system("ENOENT"), state));
    expect(problem.detail).toContain("ENOENT");
    for (const texts of everyTexts) expect(failureLine(texts, problem)).not.toContain("ENOENT");
  },
);
