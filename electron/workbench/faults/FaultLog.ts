import { homedir } from "node:os";
import { join } from "node:path";
import { newFaultId } from "../../contract/faultId.ts";
import { type Problem, toProblem } from "../../contract/errors.ts";
import { LogFile } from "./LogFile.ts";
import { withoutPlaces } from "./withoutPlaces.ts";

/** The same fault again and again is written once; of more different ones than this the oldest are forgotten. */
const rememberedFaults = 200;

/**
 * Keeps what a person is not shown: stacks, and where files lie. The log is `logs/faults.log` in the home; a problem
 * that goes to the page or the terminal carries only the id that the log has it under.
 */
export class FaultLog {
  readonly #file: LogFile;
  readonly #home: string;
  /** What was written, with its id. */
  readonly #known = new Map<string, string>();

  constructor(home: string) {
    this.#home = home;
    this.#file = new LogFile(join(home, "logs", "faults.log"));
  }

  /** The problem as it may be shown: an unexpected one says its id, and no detail holds a stack or a folder. */
  shown(problem: Problem): Problem {
    if (problem.faultId !== undefined) return problem;
    const { code, message, detail = "" } = problem;
    if (code === "internal") {
      const faultId = this.add(`${message}\n${detail}`);
      return { code, message: `${message} Its id is ${faultId}.`, faultId };
    }
    const cleaned = withoutPlaces(detail, [
      [this.#home, "<home>"],
      [homedir(), "~"],
    ]);
    if (cleaned === detail) return problem;
    return { code, message, detail: cleaned, faultId: this.add(`${code}: ${message}\n${detail}`) };
  }

  /** What was thrown, as it may be shown. */
  shownError(error: unknown): Problem {
    return this.shown(toProblem(error));
  }

  /** Writes it down, unless it was the last time too. Returns its id. */
  add(text: string, faultId: string = newFaultId()): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const [oldest] = this.#known.keys();
    if (this.#known.size >= rememberedFaults && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(text, faultId);
    this.#file.add(`${faultId} ${text.trim()}`);
    return faultId;
  }
}
