import { WorkbenchError } from "../contract/errors.ts";
import type { RemoteModel } from "../contract/models.ts";
import { writtenAt } from "../contract/modelKinds.ts";
import {
  serverBenchmarkPlanSchema,
  type ServerBenchmarkResult,
  type ServerBenchmarkState,
} from "../contract/serverBenchmark.ts";
import {
  leastServerTokens,
  mostServerPromptTokens,
  mostServerRepeats,
  mostServerWrittenTokens,
  type ServerBenchmarkPlan,
  usualServerPlan,
} from "../contract/serverBenchmarkPlan.ts";
import { askedText, placeText, serverFigures, serverNotes, serverStep } from "../texts/benchmark/serverResult.ts";
import { joinSentences } from "../texts/joinSentences.ts";
import type { Texts } from "../texts/texts.ts";
import { alignedTable } from "./alignedTable.ts";
import type { CommandOf } from "./commandLine.ts";

/** Two runs say little of how much they vary, but cost the least. */
const quickRepeats = 2;

/**
 * Returns what `r1 bench` asks of a server with these options. Throws `usage` for those that say something only about
 * this machine.
 */
export function serverPlanOf({ plan, threads, solve, hasMinutes }: CommandOf<"bench">): ServerBenchmarkPlan {
  if (threads !== null || solve !== null || hasMinutes) throw new WorkbenchError("usage", { case: "serverOptions" });
  if (plan.kind === "standard") return usualServerPlan;
  if (plan.kind === "quick") return { ...usualServerPlan, repeats: quickRepeats };
  const only = (values: number[]): number | undefined => {
    const given = new Set(values.filter((value) => value > 0));
    return given.size === 1 ? [...given][0] : undefined;
  };
  const wanted = serverBenchmarkPlanSchema.safeParse({
    promptTokens: only(plan.tests.map(({ promptTokens }) => promptTokens)),
    writtenTokens: only(plan.tests.map(({ generatedTokens }) => generatedTokens)),
    repeats: plan.repeats,
  });
  if (wanted.success && plan.tests.every(({ depth }) => depth === 0)) return wanted.data;
  throw new WorkbenchError("usage", {
    case: "serverTests",
    least: leastServerTokens,
    mostPrompt: mostServerPromptTokens,
    mostWritten: mostServerWrittenTokens,
    mostRepeats: mostServerRepeats,
  });
}

/** Returns what is about to be sent, and to where. */
export const serverPlanText = (texts: Texts, plan: ServerBenchmarkPlan, { source }: RemoteModel): string =>
  joinSentences(texts, askedText(texts, plan, writtenAt(source)));

/** Returns one line of progress. Empty: nothing is running. */
export function serverBenchProgress(texts: Texts, state: ServerBenchmarkState): string {
  return state.state === "measuring" ? serverStep(texts, state.run.plan, state.progress) : "";
}

/** Returns a line for each run that was measured. */
export function finishedRuns({ say, figures }: Texts, state: ServerBenchmarkState): string[] {
  if (state.state !== "measuring") return [];
  return state.progress.runs.map(({ number, ttftMs, tokensPerSecond }) => {
    const time = figures.seconds(ttftMs, 2);
    return tokensPerSecond === null
      ? say("benchmark:server.finishedWithout", { number, time })
      : say("benchmark:server.finished", { number, time, speed: figures.speed(tokensPerSecond) });
  });
}

/** Returns a result as a table for a terminal, with where it was measured above it. */
export function serverBenchText(texts: Texts, result: ServerBenchmarkResult): string {
  const { say } = texts;
  const { model, server, plan } = result;
  const columns = (["figure", "median", "spread", "range", "runs"] as const).map((column) =>
    say(`benchmark:server.columns.${column}`),
  );
  const rows = serverFigures(texts, result).map(({ name, median, spread, range, runs }) => [
    name,
    median,
    spread,
    range,
    runs,
  ]);
  return [
    joinSentences(texts, [
      say("benchmark:server.measuredAt", { model: model.named, place: placeText(texts, server) }),
      say("benchmark:server.notComparable"),
    ]),
    say("benchmark:server.plan", { prompt: plan.promptTokens, written: plan.writtenTokens }),
    "",
    ...alignedTable([columns, ...rows]),
    "",
    ...serverNotes(texts, result),
    "",
  ].join("\n");
}
