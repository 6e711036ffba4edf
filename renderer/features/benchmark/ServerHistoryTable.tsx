import type {
  ServerBenchmarkHistory,
  ServerBenchmarkResult,
  ServerHistoryChange,
} from "../../../electron/contract/serverBenchmark.ts";
import { placeText } from "../../../electron/texts/benchmark/serverResult.ts";
import { ChangeText } from "../../parts/ChangeText.tsx";
import { useTexts } from "../../texts.ts";
import { HistoryFrame } from "./HistoryFrame.tsx";
import { ShowRowButton } from "./ShowRowButton.tsx";
import { useHistoryRows } from "./useHistoryRows.ts";

export interface ServerHistoryTableProps extends ServerBenchmarkHistory {
  shownId: string | null;
  onShow: (resultId: string) => void;
}

/** The results of servers, one row each; only the newest few until the user asks for more. */
export function ServerHistoryTable({ results, changes, shownId, onShow }: ServerHistoryTableProps) {
  const { say } = useTexts();
  const { rows, stopId, focus, showAll } = useHistoryRows(results, shownId);
  return (
    <HistoryFrame
      caption={say("benchmark:server.caption")}
      second={say("benchmark:server.figure.firstToken")}
      count={results.length}
      showAll={showAll}
    >
      {rows.map((result) => (
        <ServerRow
          key={result.id}
          result={result}
          change={changes.find(({ resultId }) => resultId === result.id)}
          isShown={result.id === shownId}
          isStop={result.id === stopId}
          onFocus={() => focus(result.id)}
          onShow={onShow}
        />
      ))}
    </HistoryFrame>
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
        <ShowRowButton isStop={isStop} onFocus={onFocus}>
          {short}
        </ShowRowButton>
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
