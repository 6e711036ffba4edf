import type { BenchmarkSpeed } from "../../contract/benchmark.ts";
import type { ServerBenchmarkProgress, ServerBenchmarkResult } from "../../contract/serverBenchmark.ts";
import { askedOfServer, type ServerBenchmarkPlan } from "../../contract/serverBenchmarkPlan.ts";
import type { WrittenAt } from "../../contract/servers.ts";
import { failureText } from "../failureText.ts";
import type { Texts } from "../texts.ts";

type Words = Pick<Texts, "say" | "figures">;

/** Returns "Workstation (gpu.example.org)". */
export const placeText = ({ say }: Pick<Texts, "say">, { name, host }: Pick<WrittenAt, "name" | "host">): string =>
  say("servers:at", { name, host });

/** Returns what a benchmark will send, and to where. */
export function askedText({ say }: Pick<Texts, "say">, plan: ServerBenchmarkPlan, place: WrittenAt): string[] {
  const { requests, promptTokens: prompt, writtenTokens: written } = askedOfServer(plan);
  return [
    say("benchmark:server.asks", { requests, place: placeText({ say }, place), prompt, written }),
    say(place.isThisMachine ? "benchmark:server.stays" : "benchmark:server.leaves"),
  ];
}

/** Returns what is being done: "Timed run 2 of 5". */
export const serverStep = (
  { say }: Pick<Texts, "say">,
  { repeats }: ServerBenchmarkPlan,
  { number }: ServerBenchmarkProgress,
): string => (number === 0 ? say("benchmark:server.warmingUp") : say("benchmark:server.timedRun", { number, repeats }));

/** A row of a result's table: what was measured, in words. */
export interface ServerFigure {
  name: string;
  figure: BenchmarkSpeed;
  median: string;
  spread: string;
  range: string;
  runs: string;
}

/** Returns what was measured by this app's clock, and then by the server's, if it tells. */
export function serverFigures({ say, figures }: Words, result: ServerBenchmarkResult): ServerFigure[] {
  const row = (
    name: "firstToken" | "writing" | "serverReading" | "serverWriting",
    figure: BenchmarkSpeed | null,
    write: (value: number) => string,
  ): ServerFigure[] => {
    if (figure === null) return [];
    const { median, min, max, lowerQuartile, upperQuartile, samples } = figure;
    const range = (low: number, high: number): string =>
      say("benchmark:table.range", { low: write(low), high: write(high) });
    const runs = figures.count(samples.length);
    const spread = range(lowerQuartile, upperQuartile);
    return [
      {
        name: say(`benchmark:server.figure.${name}`),
        figure,
        median: write(median),
        spread,
        range: range(min, max),
        runs,
      },
    ];
  };
  const seconds = (value: number): string => figures.seconds(value, 2);
  const speed = (value: number): string => figures.speedFigure(value, 2);
  return [
    ...row("firstToken", result.ttft, seconds),
    ...row("writing", result.writing, speed),
    ...row("serverReading", result.serverReading, speed),
    ...row("serverWriting", result.serverWriting, speed),
  ];
}

/** Returns what has to be known of a result's figures: how tokens were counted, and what was not counted. */
export function serverNotes(texts: Texts, { runs, failures, plan, ...result }: ServerBenchmarkResult): string[] {
  const { say } = texts;
  const sum = (of: (run: (typeof runs)[number]) => number): number => runs.reduce((all, run) => all + of(run), 0);
  const prompts = runs.flatMap(({ promptTokens }) => promptTokens ?? []);
  const [least, most] = [Math.min(...prompts), Math.max(...prompts)];
  const cached = Math.max(...runs.map(({ cachedTokens }) => cachedTokens));
  const early = sum(({ writtenTokens }) => Number(writtenTokens < plan.writtenTokens));
  const silent = sum(({ tokensPerSecond }) => Number(tokensPerSecond === null));
  const again = sum(({ askedAgain }) => askedAgain);
  const pieces = sum(({ counts }) => Number(counts === "pieces"));
  const hasClock = result.serverReading !== null || result.serverWriting !== null;
  return [
    say(
      `benchmark:server.${pieces === 0 ? "countedByServer" : pieces < runs.length ? "countedBoth" : "countedPieces"}`,
    ),
    ...(prompts.length === 0
      ? []
      : [
          least === most
            ? say("benchmark:server.promptSame", { most })
            : say("benchmark:server.promptSize", { least, most }),
        ]),
    ...(cached > 0 ? [say("benchmark:server.cached", { cached })] : []),
    ...(early > 0 ? [say("benchmark:server.endedEarly", { count: early, tokens: plan.writtenTokens })] : []),
    ...(silent > 0 ? [say("benchmark:server.withoutSpeed", { count: silent })] : []),
    ...(again > 0 ? [say("benchmark:server.askedAgain", { count: again })] : []),
    ...(hasClock ? [say("benchmark:server.clocks")] : []),
    ...failures.map(({ number, problem }) =>
      say("benchmark:server.notCounted", { number, reason: failureText(texts, problem).what }),
    ),
  ];
}
