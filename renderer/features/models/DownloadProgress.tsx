import type { ReactNode } from "react";
import type { Download } from "../../../electron/contract/downloads.ts";
import type { Problem } from "../../../electron/contract/errors.ts";
import { ProblemWords, WhatHappened } from "../../parts/ProblemWords.tsx";
import { useDownloads } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { useSecondsUntil } from "./useSecondsUntil.ts";

/** A download is shown as stalled after this many seconds without a byte. */
const stallSeconds = 4;

/** The state of a download and the actions that it allows. */
export function DownloadProgress({ download }: { download: Download }) {
  const say = useSay("downloads");
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
            aria-label={say("progressOf", { name })}
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
  const say = useSay("downloads");
  const figures = useFigures();
  const { sizeBytes, receivedBytes, bytesPerSecond, secondsLeft, status } = download;
  const amount =
    sizeBytes === null ? figures.bytes(receivedBytes) : say("amount", { received: receivedBytes, size: sizeBytes });
  switch (status.state) {
    case "queued":
      return status.position === 1 ? say("next") : say("queued", { position: status.position });
    case "starting":
      return say("starting");
    case "running": {
      if (status.quietSeconds >= stallSeconds) {
        return (
          <>
            <span className="figure">{amount}</span>
            <span className="is-stalled">{say("stalled", { seconds: Math.round(status.quietSeconds) })}</span>
          </>
        );
      }
      const pace = [
        amount,
        bytesPerSecond !== null && figures.rate(bytesPerSecond),
        secondsLeft !== null && say("left", { time: figures.roughly(secondsLeft) }),
      ];
      return <span className="figure">{pace.filter(Boolean).join(" · ")}</span>;
    }
    case "retrying":
      return <Retrying amount={amount} retryAt={status.retryAt} problem={status.problem} />;
    case "verifying":
      return say("verifying", { fraction: status.fraction });
    case "paused":
      if (status.problem !== null) return <ProblemWords problem={status.problem} />;
      return say(status.reason === "left-over" ? "leftOver" : "paused", { amount });
    case "failed":
      return <ProblemWords problem={status.problem} />;
    case "done":
      return say(status.verified ? "done" : "doneUnverified");
  }
}

function Retrying({ amount, retryAt, problem }: { amount: string; retryAt: number; problem: Problem }) {
  const say = useSay("downloads");
  const wait = useSecondsUntil(retryAt);
  return (
    <>
      <span className="figure">{amount}</span>
      <span className="is-stalled" title={problem.detail}>
        <WhatHappened problem={problem} /> {wait > 0 ? say("tryingIn", { seconds: wait }) : say("tryingNow")}
      </span>
    </>
  );
}

function Actions({ download }: { download: Download }): ReactNode {
  const say = useSay("downloads");
  const { id, file, status } = download;
  const { start, pause, resume, cancel, move } = useDownloads((state) => state);
  const waiting = useDownloads(({ list }) => list.filter((each) => each.status.state === "queued").length);
  const button = (label: string, onClick: () => void, title?: string): ReactNode => (
    <button type="button" className="button" title={title} onClick={onClick}>
      {label}
    </button>
  );
  const stop = button(say("cancel"), () => void cancel(id), say("deletesHint"));
  switch (status.state) {
    case "queued":
      return (
        <>
          {status.position > 1 && button(say("sooner"), () => void move(id, status.position - 1))}
          {status.position < waiting && button(say("later"), () => void move(id, status.position + 1))}
          {stop}
        </>
      );
    case "starting":
    case "running":
    case "retrying":
    case "verifying":
      return (
        <>
          {button(say("pause"), () => void pause(id))}
          {stop}
        </>
      );
    case "paused":
      if (status.reason === "left-over") {
        return (
          <>
            {button(say("finish"), () => void resume(id))}
            {button(say("delete"), () => void cancel(id), say("deletesHint"))}
          </>
        );
      }
      return (
        <>
          {button(say("resume"), () => void resume(id))}
          {stop}
        </>
      );
    case "failed":
      return (
        <>
          {status.problem.code === "download-unverifiable"
            ? button(say("hub:unverifiedAction"), () => void start(file, true))
            : button(say("resume"), () => void resume(id))}
          {button(say("delete"), () => void cancel(id), say("deletesHint"))}
        </>
      );
    case "done":
      return button(say("ok"), () => void cancel(id), say("okHint"));
  }
}
