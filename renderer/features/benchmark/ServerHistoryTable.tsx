import { useState } from "react";
import type {
  ServerBenchmarkHistory,
  ServerBenchmarkResult,
  ServerHistoryChange,
} from "../../../electron/contract/serverBenchmark.ts";
import { placeText } from "../../../electron/texts/benchmark/serverResult.ts";
import { ChangeText } from "../../parts/ChangeText.tsx";
import { FigureTable } from "../../parts/FigureTable.tsx";
import { useTexts } from "../../texts.ts";
import { moveRowFocus } from "./moveRowFocus.ts";

export interface ServerHistoryTableProps extends ServerBenchmarkHistory {
  shownId: string | null;
  onShow: (resultId: string) => void;
}

const firstRows = 12;

/** The results of servers, one row each; only the newest few until the user asks for more. */
export function ServerHistoryTable({ results, changes, shownId, onShow }: ServerHistoryTableProps) {
  const { say } = useTexts();
  const [showsAll, setShowsAll] = useState(false);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const rows = showsAll ? results : results.slice(0, firstRows);
  const stopId = [focusedId, shownId].find((id) => rows.some((row) => row.id === id)) ?? rows[0]?.id;
  return (
    <>
      <FigureTable
        className="has-second-line history-table"
        caption={say("benchmark:server.caption")}
        columns={[
          { name: say("benchmark:history.measured") },
          { name: say("benchmark:history.model") },
          { name: say("benchmark:history.writing"), isFigure: true },
          { name: say("benchmark:history.change"), isFigure: true, isNameless: true },
          { name: say("benchmark:server.figure.firstToken"), isFigure: true },
          { name: say("benchmark:history.change"), isFigure: true, isNameless: true },
          { name: say("benchmark:history.conditions") },
        ]}
      >
        {rows.map((result) => (
          <ServerRow
            key={result.id}
            result={result}
            change={changes.find(({ resultId }) => resultId === result.id)}
            isShown={result.id === shownId}
            isStop={result.id === stopId}
            onFocus={() => setFocusedId(result.id)}
            onShow={onShow}
          />
        ))}
      </FigureTable>
      {rows.length < results.length && (
        <button type="button" className="text-button" onClick={() => setShowsAll(true)}>
          {say("benchmark:history.showAll", { count: results.length })}
        </button>
      )}
    </>
  );
}

interface ServerRowProps {
  result: ServerBenchmarkResult;
  change: ServerHistoryChange | undefined;
  isShown: boolean;
  /** Whether the Tab key reaches this row. */
  isStop: boolean;
  onFocus: () => void;
  onShow: (resultId: string) => void;
}

function ServerRow({ result, change, isShown, isStop, onFocus, onShow }: ServerRowProps) {
  const texts = useTexts();
  const { say, figures } = texts;
  const { id, startedAt, model, server, plan, failures, ending, ttft, writing } = result;
  const unknown = say("benchmark:history.noChange");
  const short = <span className="history-when">{figures.moment(startedAt)}</span>;
  return (
    <tr
      aria-label={say("benchmark:history.row", { name: model.name, when: figures.dayAndTime(startedAt) })}
      aria-current={isShown ? "true" : undefined}
      onClick={() => onShow(id)}
    >
      <td className="quiet">
        <button
          type="button"
          className="row-button"
          data-row-control
          tabIndex={isStop ? 0 : -1}
          title={say("benchmark:history.show")}
          onFocus={onFocus}
          onKeyDown={moveRowFocus}
        >
          {short}
        </button>
      </td>
      <td>
        <bdi className="history-model clip" title={model.name}>
          {model.name}
        </bdi>
      </td>
      <td className="is-figure">{writing === null ? "–" : figures.speedFigure(writing.median)}</td>
      <td className="is-figure">
        <ChangeText change={change?.writing ?? null} unknown={unknown} />
      </td>
      <td className="is-figure">{figures.seconds(ttft.median, 2)}</td>
      <td className="is-figure">
        <ChangeText change={change?.firstToken ?? null} unknown={unknown} />
      </td>
      <td className="quiet is-words history-conditions">
        {figures.joined([
          placeText(texts, server),
          say("benchmark:server.plan", { prompt: plan.promptTokens, written: plan.writtenTokens }),
          failures.length === 0 ? null : say("benchmark:server.failedSoFar", { count: failures.length }),
          ending === "complete" ? null : say(`benchmark:result.endings.${ending}`),
        ])}
      </td>
    </tr>
  );
}
