import type { ReactNode } from "react";
import type { Download } from "../../../electron/contract/downloads.ts";
import type { Problem } from "../../../electron/contract/errors.ts";
import { bytes, percent, rate, roughly } from "../../parts/figures.ts";
import { ProblemWords, WhatHappened } from "../../parts/ProblemWords.tsx";
import { useDownloads } from "../../stores/useStores.ts";
import { useSecondsUntil } from "./useSecondsUntil.ts";

/** From so many seconds without a byte on, a download is shown as stalled. */
const stallSeconds = 4;

/** Where a download is, and what can be done with it now. */
export function DownloadProgress({ download }: { download: Download }) {
  const { name, sizeBytes, receivedBytes, status, restarted } = download;
  const fraction = sizeBytes === null || sizeBytes === 0 ? null : Math.min(1, receivedBytes / sizeBytes);
  const shown = status.state === "verifying" ? status.fraction : fraction;
  const isOver = status.state === "done" || status.state === "failed";
  return (
    <div className="download">
      <div className="download-state">
        {!isOver && (
          <progress
            className="progress"
            aria-label={`Download of ${name}`}
            max={100}
            {...(shown === null ? {} : { value: Math.floor(shown * 1000) / 10 })}
          />
        )}
        <div className="download-words" role={status.state === "failed" ? "alert" : undefined}>
          <StatusWords download={download} />
        </div>
        {restarted !== null && !isOver && (
          <p className="hint">
            <WhatHappened problem={restarted} />
          </p>
        )}
      </div>
      <div className="download-actions">
        <Actions download={download} />
      </div>
    </div>
  );
}

function StatusWords({ download }: { download: Download }): ReactNode {
  const { sizeBytes, receivedBytes, bytesPerSecond, secondsLeft, status } = download;
  const amount = sizeBytes === null ? bytes(receivedBytes) : `${bytes(receivedBytes)} of ${bytes(sizeBytes)}`;
  switch (status.state) {
    case "queued":
      return status.position === 1 ? "Waiting; next to start" : `Waiting; number ${status.position} in the queue`;
    case "starting":
      return "Asking the hub…";
    case "running": {
      if (status.quietSeconds >= stallSeconds) {
        return (
          <>
            <span className="figure">{amount}</span>
            <span className="is-stalled">No data for {Math.round(status.quietSeconds)} s, retrying</span>
          </>
        );
      }
      const pace = [
        amount,
        bytesPerSecond !== null && rate(bytesPerSecond),
        secondsLeft !== null && `${roughly(secondsLeft)} left`,
      ];
      return <span className="figure">{pace.filter(Boolean).join(" · ")}</span>;
    }
    case "retrying":
      return <Retrying amount={amount} retryAt={status.retryAt} problem={status.problem} />;
    case "verifying":
      return `Checking the file’s hash, ${percent(status.fraction)}`;
    case "paused":
      if (status.problem !== null) return <ProblemWords problem={status.problem} />;
      return status.reason === "left-over" ? `Not finished; ${amount} are here` : `Paused; ${amount} kept`;
    case "failed":
      return <ProblemWords problem={status.problem} />;
    case "done":
      return status.verified ? "Done; its hash is the hub’s" : "Done; the hub states no hash to compare with";
  }
}

function Retrying({ amount, retryAt, problem }: { amount: string; retryAt: number; problem: Problem }) {
  const wait = useSecondsUntil(retryAt);
  return (
    <>
      <span className="figure">{amount}</span>
      <span className="is-stalled" title={problem.detail}>
        <WhatHappened problem={problem} /> {wait > 0 ? `Trying again in ${wait} s.` : "Trying again…"}
      </span>
    </>
  );
}

function Actions({ download }: { download: Download }): ReactNode {
  const { id, file, status } = download;
  const { start, pause, resume, cancel, move } = useDownloads((state) => state);
  const waiting = useDownloads(({ list }) => list.filter((each) => each.status.state === "queued").length);
  const button = (label: string, onClick: () => void, title?: string): ReactNode => (
    <button type="button" className="button" title={title} onClick={onClick}>
      {label}
    </button>
  );
  const stop = button("Cancel", () => void cancel(id), "Deletes what was downloaded");
  switch (status.state) {
    case "queued":
      return (
        <>
          {status.position > 1 && button("Sooner", () => void move(id, status.position - 1))}
          {status.position < waiting && button("Later", () => void move(id, status.position + 1))}
          {stop}
        </>
      );
    case "starting":
    case "running":
    case "retrying":
    case "verifying":
      return (
        <>
          {button("Pause", () => void pause(id))}
          {stop}
        </>
      );
    case "paused":
      if (status.reason === "left-over") {
        return (
          <>
            {button("Finish", () => void resume(id))}
            {button("Delete", () => void cancel(id), "Deletes what was downloaded")}
          </>
        );
      }
      return (
        <>
          {button("Resume", () => void resume(id))}
          {stop}
        </>
      );
    case "failed":
      return (
        <>
          {status.problem.code === "download-unverifiable"
            ? button("Download unverified", () => void start(file, true))
            : button("Resume", () => void resume(id))}
          {button("Delete", () => void cancel(id), "Deletes what was downloaded")}
        </>
      );
    case "done":
      return button("OK", () => void cancel(id), "Takes it off this list; the model stays");
  }
}
