import { type Ref, useState } from "react";
import type { ServerBenchmarkResult } from "../../../electron/contract/serverBenchmark.ts";
import { placeText, serverFigures, serverNotes } from "../../../electron/texts/benchmark/serverResult.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { Headline } from "../../parts/Headline.tsx";
import { ServerMark } from "../../parts/ServerMark.tsx";
import { useServerBenchmark } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { Conditions } from "./Conditions.tsx";
import { RemoveResults } from "./RemoveResults.tsx";
import { ResultMenu } from "./ResultMenu.tsx";
import { serverHeadline } from "./serverHeadline.ts";
import { serverPicture } from "./serverPicture.ts";

export interface ServerResultViewProps {
  result: ServerBenchmarkResult;
  /** Whether it is in the history, from which it can be removed. */
  isKept: boolean;
  headline: Ref<HTMLHeadingElement>;
  onRemoved: () => void;
}

/** One result of a server: where it was measured, its figures by each clock, and what has to be known of them. */
export function ServerResultView({ result, isKept, headline, onRemoved }: ServerResultViewProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const exported = useServerBenchmark((state) => state.exported);
  const remove = useServerBenchmark((state) => state.remove);
  const [asksToRemove, setAsksToRemove] = useState(false);
  const { server, model, plan, ending } = result;
  const when = figures.dayAndTime(result.startedAt);
  const facts = [
    [say("benchmark:server.conditions.server"), placeText(texts, server)],
    [
      say("benchmark:server.conditions.software"),
      server.dialect === null ? say("benchmark:server.softwareUnknown") : say(`servers:dialects.${server.dialect}`),
    ],
    [say("benchmark:server.conditions.where"), say(server.isThisMachine ? "servers:here" : "servers:leaves")],
    [say("benchmark:server.conditions.model"), model.name],
    [say("benchmark:server.conditions.named"), model.named],
    [
      say("benchmark:server.conditions.plan"),
      say("benchmark:server.plan", { prompt: plan.promptTokens, written: plan.writtenTokens }),
    ],
    [say("benchmark:server.conditions.app"), result.appVersion],
  ] as const;
  return (
    <section className="bench" aria-label={say("benchmark:server.label")}>
      <Headline
        ref={headline}
        figures={serverHeadline(texts, { ttftMs: result.ttft.median, writing: result.writing?.median ?? null })}
      >
        <ResultMenu
          exported={(format) => exported([result.id], format)}
          picture={{
            fileName: `server-benchmark-${new Date(result.startedAt).toISOString().slice(0, 10)}.png`,
            draw: () => serverPicture(texts, result),
          }}
          onRemove={isKept ? () => setAsksToRemove(true) : undefined}
        />
      </Headline>
      <p className="bench-meaning">
        <ServerMark place={server} />{" "}
        {joinSentences(texts, [
          say("benchmark:server.measuredAt", { model: model.name, place: placeText(texts, server) }),
          say("benchmark:server.notComparable"),
        ])}
        {ending !== "complete" && <span className="tag">{say(`benchmark:result.endings.${ending}`)}</span>}
      </p>
      <div className="bench-figures" data-charts={0}>
        <FigureTable
          caption={say("benchmark:result.caption", { name: model.name, when })}
          columns={[
            { name: say("benchmark:server.columns.figure") },
            { name: say("benchmark:server.columns.median"), isFigure: true },
            { name: say("benchmark:server.columns.spread"), isFigure: true },
            { name: say("benchmark:server.columns.runs"), isFigure: true },
          ]}
        >
          {serverFigures(texts, result).map(({ name, median, spread, range, runs }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className="is-figure">{median}</td>
              <td className="is-figure quiet" title={range}>
                {spread}
              </td>
              <td className="is-figure quiet">{runs}</td>
            </tr>
          ))}
        </FigureTable>
      </div>
      <ul className="bench-notes quiet small">
        {serverNotes(texts, result).map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Conditions facts={facts.map(([name, value]) => ({ name, value }))} />
      {asksToRemove && (
        <RemoveResults
          resultIds={[result.id]}
          remove={remove}
          onRemoved={onRemoved}
          onClose={() => setAsksToRemove(false)}
        />
      )}
    </section>
  );
}
