import { expect, test } from "vitest";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import { moveProblem } from "../../../electron/workbench/folder/moveProblem.ts";

const system = (code: string): Error => Object.assign(new Error(`${code}: said by the system`), { code });

test("what the file system refuses has a code of ours, and after the switch nothing can be undone", () => {
  expect(moveProblem(system("ENOSPC"), "copying").facts).toEqual({ case: "diskFull" });
  expect(moveProblem(system("EFBIG"), "copying").facts).toEqual({ case: "largeFile" });
  expect(moveProblem(system("EIO"), "copying").facts).toMatchObject({ case: "system" });
  expect(moveProblem(system("EBUSY"), "cleaning").facts).toMatchObject({ case: "notDeleted" });
  const coded = new WorkbenchError("models-moving");
  expect(moveProblem(coded, "copying")).toBe(coded);
});
