import { homedir } from "node:os";
import { join } from "node:path";
import { newFaultId } from "../../contract/faultId.ts";
import { type Problem, toProblem } from "../../contract/errors.ts";
import { LogFile } from "./LogFile.ts";
import { withoutContent } from "./withoutContent.ts";
import { withoutPlaces } from "./withoutPlaces.ts";

/** A repeated fault is written once. This is the maximum number of different faults that are remembered for that. */
const rememberedFaults = 200;

/**
 * Logs the details of failures that are not shown to users, such as stacks and file paths, in `logs/faults.log` in the
 * home folder. The page and the terminal only get the id of the log entry.
 */
export class FaultLog {
  readonly #file: LogFile;
  readonly #home: string;
  /** The texts that were logged, with their ids. */
  readonly #known = new Map<string, string>();

  constructor(home: string) {
    this.#home = home;
    this.#file = new LogFile(join(home, "logs", "faults.log"));
  }

  /**
   * Returns the problem in a form that may be shown: without stacks and folders, and with an id if it was unexpected.
   */
  shown(problem: Problem): Problem {
    if (problem.faultId !== undefined) return problem;
    const { code, facts, detail = "" } = problem;
    if (code === "internal") {
      const faultId = this.add(`${code}\n${detail}`);
      return { code, facts: { faultId }, faultId };
    }
    const cleaned = withoutPlaces(detail, [
      [this.#home, "<home>"],
      [homedir(), "~"],
    ]);
    if (cleaned === detail) return problem;
    return { ...problem, detail: cleaned, faultId: this.add(`${code}: ${JSON.stringify(facts ?? {})}\n${detail}`) };
  }

  /** Returns a thrown value as a problem that may be shown. */
  shownError(error: unknown): Problem {
    return this.shown(toProblem(error));
  }

  /** Logs a fault without what it quotes of chats, unless it was already logged. Returns its id. */
  add(text: string, faultId: string = newFaultId()): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const [oldest] = this.#known.keys();
    if (this.#known.size >= rememberedFaults && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(text, faultId);
    this.#file.add(`${faultId} ${withoutContent(text.trim())}`);
    return faultId;
  }
}
