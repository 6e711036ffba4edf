import type { ServerBenchmarkState } from "../../../electron/contract/serverBenchmark.ts";
import { placeText, serverStep } from "../../../electron/texts/benchmark/serverResult.ts";
import { FactLine } from "../../parts/FactLine.tsx";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { Headline } from "../../parts/Headline.tsx";
import { RunProgress } from "../../parts/RunProgress.tsx";
import { useTexts } from "../../texts.ts";
import { middleOf } from "./middleOf.ts";
import { serverHeadline } from "./serverHeadline.ts";

/** The running benchmark of a server: the figures so far, its progress, and each run as it ends. */
export function RunningServerBenchmark({ phase }: { phase: Extract<ServerBenchmarkState, { state: "measuring" }> }) {
  const texts = useTexts();
  const { say, figures } = texts;
  const { run, progress } = phase;
  const { runs, failed } = progress;
  const done = runs.length + failed;
  return (
    <section className="bench" aria-label={say("benchmark:running.label")}>
      <Headline
        figures={serverHeadline(texts, {
          ttftMs: middleOf(runs.map(({ ttftMs }) => ttftMs)),
          writing: middleOf(runs.flatMap(({ tokensPerSecond }) => tokensPerSecond ?? [])),
        })}
      />
      <FactLine
        facts={[
          run.modelName,
          placeText(texts, run.server),
          failed === 0 ? null : { tight: say("benchmark:server.failedSoFar", { count: failed }) },
        ]}
        startsWithName
      />
      <RunProgress
        label={say("benchmark:running.progress")}
        step={serverStep(texts, run.plan, progress)}
        rest={say("benchmark:running.runsDone", { done, repeats: run.plan.repeats })}
        // The first request is not counted, but takes as long as another one.
        fraction={progress.number === 0 ? 0 : (done + 1) / (run.plan.repeats + 1)}
      />
      {runs.length > 0 && (
        <FigureTable
          caption={say("benchmark:running.soFar")}
          columns={[
            { name: say("benchmark:server.columns.runs") },
            { name: say("benchmark:server.figure.firstToken"), isFigure: true },
            { name: say("benchmark:server.figure.writing"), isFigure: true },
          ]}
        >
          {runs.map(({ number, ttftMs, tokensPerSecond }) => (
            <tr key={number}>
              <th scope="row" className="figure">
                {figures.count(number)}
              </th>
              <td className="is-figure">{figures.seconds(ttftMs, 2)}</td>
              <td className="is-figure">{tokensPerSecond === null ? "–" : figures.speedFigure(tokensPerSecond)}</td>
            </tr>
          ))}
        </FigureTable>
      )}
    </section>
  );
}
