import { useEffect, useState } from "react";
import type { ServerBenchmarkResult } from "../../../electron/contract/serverBenchmark.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { useServerBenchmark } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { ServerHistoryTable } from "./ServerHistoryTable.tsx";
import { ServerResultView } from "./ServerResultView.tsx";
import { showHeadline } from "./showHeadline.ts";
import { useShownHeadline } from "./useShownHeadline.ts";

export interface ServerResultsProps {
  /** The model whose newest result is shown. Null: none is, until one is opened. */
  modelId: string | null;
  /** What is said if this model has no result. */
  nothingYet: string | null;
}

/** The results of servers, apart from those of this machine: one with its figures, and all of them in a table. */
export function ServerResults({ modelId, nothingYet }: ServerResultsProps) {
  const { say } = useTexts();
  const history = useServerBenchmark((state) => state.history);
  const readHistory = useServerBenchmark((state) => state.readHistory);
  const ended = useServerBenchmark(({ phase }) => (phase?.state === "ended" ? phase : null));
  const isRunning = useServerBenchmark(({ phase }) => phase?.state === "measuring");
  const [openedId, setOpenedId] = useState<string | null>(null);
  useEffect(() => void readHistory(), [readHistory]);

  const results = history.state === "ready" ? history.value.results : [];
  const opened = results.find(({ id }) => id === openedId);
  const newest = modelId === null ? undefined : results.find(({ model }) => model.id === modelId);
  // One that could not be stored is shown all the same.
  const unkept: ServerBenchmarkResult | undefined =
    modelId !== null && ended?.result?.model.id === modelId && !results.some(({ id }) => id === ended.run.id)
      ? ended.result
      : undefined;
  const shown = opened ?? (isRunning ? undefined : (unkept ?? newest));

  const endedId = ended?.result?.id ?? null;
  const { headline, open } = useShownHeadline({ shownId: shown?.id, isRunning, endedId, onOpened: setOpenedId });

  return (
    <>
      {shown !== undefined && (
        <ServerResultView
          key={shown.id}
          result={shown}
          isKept={results.includes(shown)}
          headline={headline}
          onRemoved={() => showHeadline(headline.current)}
        />
      )}
      {history.state === "ready" && !isRunning && shown === undefined && nothingYet !== null && (
        <p className="page-note">{nothingYet}</p>
      )}
      {history.state === "failed" && (
        <ProblemNotice problem={history.problem}>
          <button type="button" className="button" onClick={() => void readHistory()}>
            {say("shell:tryAgain")}
          </button>
        </ProblemNotice>
      )}
      {history.state === "ready" && results.length > 0 && (
        <section className="bench-history" aria-label={say("benchmark:server.history")}>
          <SectionHead title={say("benchmark:server.history")} note={say("benchmark:server.historyHint")} />
          <ServerHistoryTable {...history.value} shownId={shown?.id ?? null} onShow={open} />
        </section>
      )}
    </>
  );
}
