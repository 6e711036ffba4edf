import type { Download } from "../../electron/contract/downloads.ts";
import { failureText } from "../../electron/texts/failureText.ts";
import type { Texts } from "../../electron/texts/texts.ts";

const pausedWords = {
  user: "downloads:paused",
  "disk-full": "downloads:paused",
  "left-over": "downloads:leftOver",
  offline: "downloads:waitsOffline",
} as const;

/** A download is shown as stalled after this many seconds without a byte. */
const stallSeconds = 4;

export interface DownloadWords {
  /** What is happening, such as "Paused". Empty while it arrives: the figures say it. */
  state: string;
  amount: string;
  rate: string;
  left: string;
  percent: string;
  /** From 0 to 1. Null: not known. */
  fraction: number | null;
  tone: "plain" | "tight" | "off";
  /** Why it waits or started over. */
  why: string;
}

/** Returns a download's state in the few words of its line. `secondsUntil` counts down to a moment. */
export function downloadWords(
  texts: Texts,
  download: Download,
  secondsUntil: (moment: number) => number,
): DownloadWords {
  const { say, figures } = texts;
  const { component, sizeBytes, receivedBytes, bytesPerSecond, secondsLeft, status, restarted } = download;
  const received = sizeBytes === null || sizeBytes === 0 ? null : Math.min(1, receivedBytes / sizeBytes);
  const fraction = "fraction" in status ? status.fraction : received;
  const words: DownloadWords = {
    state: "",
    amount: sizeBytes === null ? figures.bytes(receivedBytes) : figures.bytesOf(receivedBytes, sizeBytes),
    rate: "",
    left: "",
    percent: fraction === null ? "" : figures.percentDone(fraction),
    fraction,
    tone: "plain",
    why: restarted === null ? "" : failureText(texts, restarted).what,
  };
  switch (status.state) {
    case "queued": {
      const { position } = status;
      const state = position === 1 ? say("downloads:next") : say("downloads:queued", { position });
      return { ...words, state, tone: "off" };
    }
    case "starting":
      return {
        ...words,
        state: say(component === null ? "downloads:starting" : "downloads:strip.starting"),
        amount: receivedBytes === 0 ? "" : words.amount,
      };
    case "running":
      if (status.quietSeconds >= stallSeconds) {
        const seconds = Math.round(status.quietSeconds);
        return { ...words, state: say("downloads:stalled", { seconds }), tone: "tight" };
      }
      return {
        ...words,
        rate: bytesPerSecond === null ? "" : figures.rate(bytesPerSecond),
        left: secondsLeft === null ? "" : say("downloads:left", { time: figures.roughly(secondsLeft) }),
      };
    case "retrying": {
      const seconds = secondsUntil(status.retryAt);
      const again =
        seconds > 0 ? say("downloads:tryingIn", { time: figures.roughly(seconds) }) : say("downloads:tryingNow");
      return { ...words, state: again, tone: "tight", why: failureText(texts, status.problem).what };
    }
    case "verifying":
      return { ...words, state: say("downloads:verifying") };
    case "installing":
      return { ...words, state: say("downloads:installing") };
    case "paused": {
      const why = status.problem === null ? "" : failureText(texts, status.problem).what;
      const state = say(pausedWords[status.reason]);
      return { ...words, state, tone: status.reason === "disk-full" ? "tight" : "off", why };
    }
    case "failed":
    case "done":
      return words;
  }
}
