import type { Download } from "../contract/downloads.ts";
import { failureText } from "../texts/failureText.ts";
import type { Texts } from "../texts/texts.ts";

/** Returns one line of progress, such as "DeepSeek-R1… · 1.20 of 4.70 GB · 45.0 MB/s · 1 min left". */
export function downloadLine(texts: Texts, download: Download): string {
  const { say, figures } = texts;
  const { name, component, sizeBytes, receivedBytes, bytesPerSecond, secondsLeft, status } = download;
  const parts = [sizeBytes === null ? figures.bytes(receivedBytes) : figures.bytesOf(receivedBytes, sizeBytes)];
  if (bytesPerSecond !== null) parts.push(figures.rate(bytesPerSecond));
  if (secondsLeft !== null) parts.push(say("downloads:left", { time: figures.roughly(secondsLeft) }));
  if (status.state === "starting")
    parts.push(say(component === null ? "downloads:starting" : "downloads:strip.starting"));
  if (status.state === "installing") parts.push(`${say("downloads:installing")}, ${figures.percent(status.fraction)}`);
  if (status.state === "queued") parts.push(say("cli:download.queued"));
  if (status.state === "running" && status.quietSeconds > 0) {
    parts.push(say("downloads:stalled", { seconds: status.quietSeconds }));
  }
  if (status.state === "verifying") parts.push(`${say("downloads:verifying")}, ${figures.percent(status.fraction)}`);
  if (status.state === "retrying") {
    const seconds = Math.max(0, Math.ceil((status.retryAt - Date.now()) / 1000));
    parts.push(
      failureText(texts, status.problem).what,
      seconds > 0 ? say("downloads:tryingIn", { time: figures.roughly(seconds) }) : say("downloads:tryingNow"),
    );
  }
  return [name, ...parts].join(" · ");
}
