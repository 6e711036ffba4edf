import { ChevronDown, ChevronUp } from "lucide-react";
import type { Download } from "../../electron/contract/downloads.ts";
import { IconButton } from "./IconButton.tsx";
import { useDownloads } from "../stores/useStores.ts";
import { useSay, useTexts } from "../texts.ts";
import { downloadWords } from "./downloadWords.ts";
import { useSecondsUntil } from "./useSecondsUntil.ts";

/** A download that is under way, in the place of its row's figures. */
export function DownloadCell({ download }: { download: Download }) {
  const say = useSay("downloads");
  const texts = useTexts();
  const { id, name, status } = download;
  const move = useDownloads((state) => state.move);
  const waiting = useDownloads(({ list }) => list.filter((each) => each.status.state === "queued").length);
  const retryAt = status.state === "retrying" ? status.retryAt : 0;
  const secondsLeft = useSecondsUntil(retryAt);
  const { state, amount, rate, left, percent, fraction, tone, why } = downloadWords(texts, download, () => secondsLeft);
  return (
    <div className={`model-download is-${tone}`} title={why === "" ? undefined : why}>
      <div className="download-words">
        {state !== "" && <span className={tone === "tight" ? "is-tight" : undefined}>{state}</span>}
        {amount !== "" && <span className={state === "" ? undefined : "quiet"}>{amount}</span>}
        {rate !== "" && <span className="quiet only-wide">{rate}</span>}
        {left !== "" && <span className="quiet">{left}</span>}
      </div>
      <div className="download-share">
        {status.state === "queued" && status.position > 1 && (
          <IconButton small label={say("sooner")} onClick={() => void move(id, status.position - 1)}>
            <ChevronUp size={16} aria-hidden />
          </IconButton>
        )}
        {status.state === "queued" && status.position < waiting && (
          <IconButton small label={say("later")} onClick={() => void move(id, status.position + 1)}>
            <ChevronDown size={16} aria-hidden />
          </IconButton>
        )}
        <span className="figure">{percent}</span>
      </div>
      {why !== "" && <div className="download-why">{why}</div>}
      <progress
        className={tone === "plain" ? "progress" : `progress is-${tone}`}
        aria-label={say("progressOf", { name })}
        max={100}
        {...(fraction === null ? {} : { value: Math.floor(fraction * 1000) / 10 })}
      />
    </div>
  );
}
