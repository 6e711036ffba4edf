import type { Interval, SolvedProblem, SolveResult } from "../../contract/solve.ts";

/** The 97.5 % quantile of the normal distribution: intervals contain the true value with a probability of 95 %. */
const z = 1.959964;

/** Returns the share of right answers, and what each right one cost in tokens and seconds. There is at least one answer. */
export function solveFigures(
  problems: readonly SolvedProblem[],
): Pick<SolveResult, "asked" | "right" | "share" | "tokensPerRightAnswer" | "secondsPerRightAnswer"> {
  const right = problems.filter((problem) => problem.right).length;
  return {
    asked: problems.length,
    right,
    share: wilson(right, problems.length),
    tokensPerRightAnswer: perRight(problems, ({ tokens }) => tokens),
    secondsPerRightAnswer: perRight(problems, ({ seconds }) => seconds),
  };
}

/** Wilson's interval of a share, which holds for few answers, and if all or none are right. */
function wilson(right: number, asked: number): Interval {
  const share = right / asked;
  const middle = (share + z ** 2 / (2 * asked)) / (1 + z ** 2 / asked);
  const half = (z / (1 + z ** 2 / asked)) * Math.sqrt((share * (1 - share)) / asked + z ** 2 / (4 * asked ** 2));
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/**
 * The cost of all answers for each right one: cost and rightness vary together, so the interval is that of the logarithm
 * of the ratio of two means. It is never narrower than the number of right answers allows.
 */
function perRight(problems: readonly SolvedProblem[], costOf: (problem: SolvedProblem) => number): Interval | null {
  const asked = problems.length;
  const right = problems.filter((problem) => problem.right).length;
  const total = problems.reduce((sum, problem) => sum + costOf(problem), 0);
  if (right === 0 || total === 0) return null;
  const value = total / right;
  const [meanCost, share] = [total / asked, right / asked];
  const squares = problems.reduce(
    (sum, problem) => sum + (costOf(problem) / meanCost - Number(problem.right) / share) ** 2,
    0,
  );
  const deviation = asked < 2 ? 1 : Math.sqrt(squares / (asked - 1) / asked);
  // If all are right, the sample says nothing of how often one is wrong: Wilson's interval does.
  const { low, high } = wilson(right, asked);
  return {
    value,
    low: Math.min(value * Math.exp(-z * deviation), (value * share) / high),
    high: Math.max(value * Math.exp(z * deviation), (value * share) / low),
  };
}
