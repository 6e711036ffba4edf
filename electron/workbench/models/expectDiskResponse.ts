import { WorkbenchError } from "../../contract/errors.ts";
import { childEnvironment } from "../children/childEnvironment.ts";
import { runChild } from "../children/runChild.ts";
import { withinMs } from "../withinMs.ts";

/** Long enough to start a process on a busy machine and to wake a drive. */
const usualLimitMs = 15_000;
/** A process that waits for a disk may survive its own end. */
const spareMs = 1000;
const maxBytes = 10_000;
const script = "require('node:fs').statSync(process.argv[1], { throwIfNoEntry: false })";

/**
 * Resolves once the disk of this path has responded, also if there is no such file. A process of its own asks, because
 * each request that is never answered would occupy one of the few threads that this one has for files. Rejects with
 * `model-file-unreadable` if there is no response.
 */
export async function expectDiskResponse(nodePath: string, path: string, limitMs = usualLimitMs): Promise<void> {
  const options = { env: childEnvironment(process.env), limitMs, maxBytes };
  const asked = await withinMs(runChild(nodePath, ["-e", script, "--", path], options), limitMs + spareMs);
  // Whatever else is wrong is found by the reader of the file, which knows the words for it.
  if (asked !== null && !asked.timedOut) return;
  throw new WorkbenchError("model-file-unreadable", { case: "silentDisk", milliseconds: limitMs });
}
