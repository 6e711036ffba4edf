import { execFile, type ExecFileException } from "node:child_process";
import { WorkbenchError, toError } from "../../contract/errors.ts";
import type { GgufFacts } from "../../contract/models.ts";
import type { InspectAnswer } from "../../contract/engineProtocol.ts";
import type { EnginePaths } from "./EnginePaths.ts";
import { engineEnvironment } from "./engineEnvironment.ts";

/** The facts hold a chat template; everything else is short. */
const maxAnswerBytes = 16_000_000;

/**
 * Reads a model file's header in a process of its own, without the native library: a hostile file costs only
 * that process, and nobody waits for a backend. Rejects with the file's problem; `model-header-invalid` when
 * the process died or took longer than `limitMs`.
 */
export function inspectModelFile({ nodePath, entry }: EnginePaths, path: string, limitMs = 10_000): Promise<GgufFacts> {
  return new Promise((resolve, reject) => {
    const options = {
      env: engineEnvironment(process.env),
      timeout: limitMs,
      killSignal: "SIGKILL" as const,
      maxBuffer: maxAnswerBytes,
      windowsHide: true,
    };
    execFile(nodePath, [entry, "--inspect", path], options, (error, stdout) => {
      if (error !== null) return reject(failure(error, limitMs));
      try {
        const answer = JSON.parse(stdout) as InspectAnswer;
        if ("facts" in answer) resolve(answer.facts);
        else reject(toError(answer.problem));
      } catch (unreadable) {
        reject(failure(unreadable as Error, limitMs));
      }
    });
  });
}

function failure(error: ExecFileException | Error, limitMs: number): Error {
  // A program that could not be started says nothing about the file.
  if ("code" in error && typeof error.code === "string")
    return new WorkbenchError("engine-start-failed", undefined, error.message);
  const how =
    "killed" in error && error.killed === true
      ? `took longer than ${limitMs / 1000} s`
      : "ended the process that read it";
  return new WorkbenchError("model-header-invalid", `The model file's header ${how}.`, error.message.slice(0, 400));
}
