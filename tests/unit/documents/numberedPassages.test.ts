import { expect, it } from "vitest";
import { numberedPassages } from "../../../electron/workbench/documents/numberedPassages.ts";

it("numbers the best passages in the order in which they are read", () => {
  const passage = (attachmentId: string, part: number, start: number) => ({ attachmentId, part, start, length: 5 });
  const passages = [passage("b", 2, 0), passage("a", 3, 10), passage("a", 3, 0), passage("a", 1, 0)];
  expect(numberedPassages({ passages, firstNumber: 7 }, ["a", "b"], 3)).toEqual({
    a: [
      { number: 7, part: 3, start: 0, length: 5 },
      { number: 8, part: 3, start: 10, length: 5 },
    ],
    b: [{ number: 9, part: 2, start: 0, length: 5 }],
  });
  expect(numberedPassages({ passages, firstNumber: 1 }, ["a", "b"], 0)).toEqual({});
});
