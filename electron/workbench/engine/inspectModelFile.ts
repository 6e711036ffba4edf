import { WorkbenchError, toError } from "../../contract/errors.ts";
import type { GgufFacts } from "../../contract/models.ts";
import type { InspectAnswer } from "../../contract/engineProtocol.ts";
import { type ChildOutcome, runChild } from "../children/runChild.ts";
import type { EnginePaths } from "./EnginePaths.ts";
import { engineEnvironment } from "./engineEnvironment.ts";

/** The facts contain a chat template. Everything else is short. */
const maxAnswerBytes = 16_000_000;

/**
 * Reads a model file's header in a process of its own, without the native library: a hostile file can crash only that
 * process, and no backend has to be started. Rejects with the file's problem, with `model-header-invalid` if the process
 * crashed, or with `model-file-unreadable` if it took longer than `limitMs`: it measures its own processor time, so that
 * the machine or the disk is to blame.
 */
export async function inspectModelFile(
  { nodePath, entry }: EnginePaths,
  path: string,
  limitMs = 30_000,
): Promise<GgufFacts> {
  const options = { env: engineEnvironment(process.env), limitMs, maxBytes: maxAnswerBytes };
  return inspected(await runChild(nodePath, [entry, "--inspect", path], options), limitMs);
}

function inspected(outcome: ChildOutcome, limitMs: number): GgufFacts {
  // If the program could not be started, that says nothing about the file.
  if (outcome.startError !== null) {
    throw new WorkbenchError("engine-start-failed", undefined, outcome.startError.message);
  }
  const answer = outcome.code === 0 ? parsed(outcome.stdout) : null;
  if (answer === null) {
    if (outcome.timedOut) throw new WorkbenchError("model-file-unreadable", { case: "slow", seconds: limitMs / 1000 });
    throw new WorkbenchError("model-header-invalid", { case: "crashed" }, outcome.lastWords.trim().slice(0, 400));
  }
  if ("problem" in answer) throw toError(answer.problem);
  return answer.facts;
}

function parsed(stdout: string): InspectAnswer | null {
  try {
    return JSON.parse(stdout) as InspectAnswer;
  } catch {
    return null;
  }
}
