import { readFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";
import { expect, test } from "vitest";
import { toProblem } from "../../../electron/contract/errors.ts";
import { FaultLog } from "../../../electron/workbench/faults/FaultLog.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const canary = "Zanzibar7491";

/** Returns what a function throws. */
function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown.");
}

test.each([
  ["a short text", () => JSON.parse(canary) as unknown],
  [
    "the middle of a long one",
    () => JSON.parse(`{"a": "${"x".repeat(100)}", ${canary} ${"y".repeat(100)}}`) as unknown,
  ],
  ["a text with quotes and lines", () => JSON.parse(`"said"\n${canary} "again"`) as unknown],
  ["a formula", () => katex.renderToString(`\\frac{${canary}`)],
])("the log has no word of what could not be read: %s", async (_case, work) => {
  const home = await temporaryFolder();
  const error = thrownBy(work);
  // The error itself quotes at least a part of it.
  new FaultLog(home).shown(toProblem(error));
  const log = readFileSync(join(home, "logs", "faults.log"), "utf8");
  for (const length of [6, canary.length]) expect(log).not.toContain(canary.slice(0, length));
  expect(log).toMatch(/internal\n {2}(SyntaxError|ParseError|Error): /);
  expect(log).toMatch(/\n +at \S/);
});
