import type { Thinking } from "../../contract/chats.ts";
import { finalResult } from "../../contract/finalResult.ts";
import type { SolvedProblem, SolveLevel, SolveResult, SolveWish } from "../../contract/solve.ts";
import type { Model } from "../../contract/models.ts";
import type { Session } from "../engines/Session.ts";
import { equalResults } from "../results/equalResults.ts";
import { solveFigures } from "./solveFigures.ts";
import { type Problem, solveProblems } from "./solveProblems.ts";

/** Larger models understand questions that R1 Nano does not. */
const tinyParameters = 20e6;
/** Of a thought and an answer. R1 seldom needs more for such problems; what goes on for longer is lost in thought. */
const mostTokens: Record<SolveLevel, number> = { nano: 512, easy: 4096, medium: 8192, hard: 16_384 };

/** Returns the level of problems that suits a model, unless one was chosen. */
export function levelFor(model: Pick<Model, "parameters">, { level }: SolveWish): SolveLevel | "mixed" {
  return level ?? (model.parameters < tinyParameters ? "nano" : "mixed");
}

/** Has a model solve problems, each in a context of its own. Its result can be read at any time, also after a failure. */
export class ProblemRun {
  readonly #level: SolveLevel | "mixed";
  readonly #wish: SolveWish;
  readonly #solved: SolvedProblem[] = [];

  constructor(model: Pick<Model, "parameters">, wish: SolveWish) {
    this.#level = levelFor(model, wish);
    this.#wish = wish;
  }

  get progress() {
    const right = this.#solved.filter((problem) => problem.right).length;
    return { wanted: this.#wish.problems, asked: this.#solved.length, right };
  }

  /** Null if no problem was answered. */
  get result(): SolveResult | null {
    if (this.#solved.length === 0) return null;
    const { problems: wanted, seed } = this.#wish;
    return { level: this.#level, seed, wanted, ...solveFigures(this.#solved), problems: this.#solved };
  }

  /** Estimated from the problems so far. Null before the first one. */
  get secondsLeft(): number | null {
    const { length } = this.#solved;
    if (length === 0) return null;
    const spent = this.#solved.reduce((sum, { seconds }) => sum + seconds, 0);
    return (spent / length) * (this.#wish.problems - length);
  }

  /** Resolves with false if it was stopped. A problem that was being answered then does not count. */
  async work(session: Session, thinking: Thinking, signal: AbortSignal, onSolved: () => void): Promise<boolean> {
    const { problems: count, seed } = this.#wish;
    for (const [index, problem] of solveProblems(this.#level, count, seed).entries()) {
      const solved = signal.aborted ? null : await solve(session, problem, thinking, seed + index);
      if (solved === null) return false;
      this.#solved.push(solved);
      onSolved();
    }
    return true;
  }
}

async function solve(
  session: Session,
  problem: Problem,
  thinking: Thinking,
  seed: number,
): Promise<SolvedProblem | null> {
  const { kind, level, question, result } = problem;
  let answer = "";
  const began = performance.now();
  const { outcome, stats } = await session.reply({
    chat: null,
    messages: [{ role: "user", content: question }],
    thinking,
    wishes: { seed },
    maxTokens: mostTokens[level],
    onEvent: (event) => {
      if (event.kind === "piece" && event.part === "answer") answer += event.text;
    },
  });
  if (outcome !== "done" || stats === null) return null;
  const seconds = (performance.now() - began) / 1000;
  const { thoughtTokens, answerTokens, stopReason } = stats;
  const cut = stopReason !== "end";
  return { kind, level, right: isRight(answer, result), tokens: thoughtTokens + answerTokens, seconds, cut };
}

/** Returns whether an answer ends with this result; without a box, what the last line emphasizes counts too. */
function isRight(answer: string, result: string): boolean {
  const given = finalResult(answer);
  if (given === null) return false;
  if (equalResults(given.text, result)) return true;
  if (given.from === "boxed") return false;
  const emphasized = [...(answer.trimEnd().split("\n").at(-1) ?? "").matchAll(/\*\*([^*]{1,100})\*\*/gu)];
  return emphasized.length === 1 && equalResults(emphasized[0]?.[1] ?? "", result);
}
