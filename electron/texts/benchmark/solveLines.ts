import type { Interval, SolveResult } from "../../contract/solve.ts";
import type { Texts } from "../texts.ts";

type Words = Pick<Texts, "say" | "figures">;

/** Returns sentences about the problems that a model solved: how many, what each right answer cost, and which they were. */
export function solveLines(words: Words, solve: SolveResult): string[] {
  const { say } = words;
  const { level, seed, wanted, asked, tokensPerRightAnswer: tokens, secondsPerRightAnswer: seconds } = solve;
  return [
    say("benchmark:solve.right", { share: shareText(words, solve) }),
    tokens === null || seconds === null
      ? say("benchmark:solve.noneRight")
      : say("benchmark:solve.cost", { tokens: tokensText(words, tokens), seconds: secondsText(words, seconds) }),
    ...(asked < wanted ? [say("benchmark:solve.endedEarly", { asked, wanted })] : []),
    say("benchmark:solve.which", { level: say(`benchmark:solve.levels.${level}`), seed: String(seed) }),
  ];
}

/** Returns "14 of 20, 70 % (48 % to 85 %)". */
export function shareText(
  { say, figures }: Words,
  { right, asked, share }: Pick<SolveResult, "right" | "asked" | "share">,
): string {
  const { value, low, high } = share;
  return say("benchmark:solve.share", {
    right,
    asked,
    share: withRange({ say }, figures.percent(value), figures.percent(low), figures.percent(high)),
  });
}

/** Returns "310 tokens (220 to 440)". */
export function tokensText({ say, figures }: Words, { value, low, high }: Interval): string {
  const rounded = (count: number): number => Number(count.toPrecision(3));
  return withRange({ say }, figures.tokens(rounded(value)), figures.count(rounded(low)), figures.count(rounded(high)));
}

/** Returns "4.2 s (3.0 s to 6.1 s)". */
export function secondsText({ say, figures }: Words, { value, low, high }: Interval): string {
  const time = (seconds: number): string => figures.seconds(seconds * 1000, seconds < 10 ? 2 : 0);
  return withRange({ say }, time(value), time(low), time(high));
}

function withRange({ say }: Pick<Texts, "say">, value: string, low: string, high: string): string {
  return say("benchmark:solve.range", { value, low, high });
}
