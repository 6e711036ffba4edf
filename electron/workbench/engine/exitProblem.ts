import { totalmem } from "node:os";
import { type Problem, problemOf } from "../../contract/errors.ts";

/** What is known about a child process that has exited. */
export interface ChildExit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** The last part of its stderr and of its log. */
  lastWords: string;
  /** Its resident memory at the last heartbeat. */
  residentBytes: number;
  /** False if it exited before it was ready. */
  wasReady: boolean;
}

/** The last one: keys and values are larger than the graphics driver allows for a buffer, which llama.cpp asserts. */
const memoryWords =
  /out of memory|bad_alloc|failed to allocate|unable to allocate|Allocation failed|pre-allocated tensor \(cache_/i;
/** Above this share of the memory, a kill from outside is attributed to the kernel's out-of-memory handling. */
const suspiciousShare = 0.6;

/** Returns why the engine exited. */
export function exitProblem(exit: ChildExit): Problem {
  const how = howItEnded(exit);
  const detail = exit.lastWords === "" ? how : `${how}\n${exit.lastWords}`;
  if (ranOutOfMemory(exit)) {
    return problemOf("engine-out-of-memory", { case: "holding", used: exit.residentBytes }, detail);
  }
  const { code, signal } = exit;
  if (signal === null && code === null) return problemOf("engine-start-failed", { case: "notRun" }, detail);
  const facts =
    signal === null ? ({ case: "exitCode", exitCode: code ?? 0 } as const) : ({ case: "signal", signal } as const);
  return problemOf(exit.wasReady ? "engine-down" : "engine-start-failed", facts, detail);
}

/** Returns how it exited, for bug reports. */
function howItEnded({ code, signal }: ChildExit): string {
  if (signal !== null) return `signal ${signal}`;
  return code === null ? "its program cannot be run" : `exit code ${code}`;
}

function ranOutOfMemory({ code, signal, lastWords, residentBytes }: ChildExit): boolean {
  const constrained = process.constrainedMemory() ?? 0;
  const limit = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
  if (signal === "SIGKILL" || code === 137) return residentBytes > limit * suspiciousShare;
  return (signal !== null || code !== 0) && memoryWords.test(lastWords);
}
