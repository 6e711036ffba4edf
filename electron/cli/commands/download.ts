import type { Download } from "../../contract/downloads.ts";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import type { EventListener, Events } from "../../contract/events.ts";
import { failureText } from "../../texts/failureText.ts";
import type { Texts } from "../../texts/texts.ts";
import type { Workbench } from "../../workbench/workbench.ts";
import type { Command } from "../Command.ts";
import { sizeText } from "../sizeText.ts";
import type { Terminal } from "../Terminal.ts";

/** `r1 download`: brings a model from the hub into the library. Interrupted, the same command goes on with it. */
export async function download(
  { repo, file, revision, acceptUnverified }: Extract<Command, { name: "download" }>,
  terminal: Terminal,
  open: (onEvent: EventListener) => Promise<Workbench>,
  cancelling: AbortSignal,
): Promise<number> {
  let follow: (list: Download[]) => void = () => undefined;
  const workbench = await open((name, data) => {
    // The event's name ties its data's type; TypeScript cannot follow that.
    if (name === "downloads.changed") follow(data as Events["downloads.changed"]);
  });
  const begun = await workbench.call("downloads.start", { file: { repo, revision, path: file }, acceptUnverified });
  const done = await new Promise<Download>((resolve, reject) => {
    const stop = (): void => {
      workbench
        .call("downloads.pause", { downloadId: begun.id })
        .then(() => reject(new WorkbenchError("download-not-found", "Stopped. What was downloaded is kept.")), reject);
    };
    if (cancelling.aborted) stop();
    cancelling.addEventListener("abort", stop, { once: true });
    follow = (list) => {
      const ours = list.find(({ id }) => id === begun.id);
      if (ours === undefined) return;
      terminal.progress(line(terminal.texts, ours));
      const { status } = ours;
      if (status.state === "done") resolve(ours);
      else if (status.state === "failed") reject(toError(status.problem));
      else if (status.state === "paused" && status.problem !== null) reject(toError(status.problem));
    };
    void workbench.call("downloads.list", {}).then((list) => follow(list), reject);
  }).finally(() => {
    follow = () => undefined;
    terminal.progress("");
  });
  if (done.status.state !== "done") throw new WorkbenchError("internal");
  const { path, sha256, verified } = done.status;
  if (terminal.json) terminal.document({ path, sizeBytes: done.sizeBytes, sha256 });
  else {
    const checked = verified ? `SHA-256 ${sha256}, as the hub states` : `SHA-256 ${sha256}; the hub states none`;
    terminal.write(`${path}\n`);
    terminal.aside(`${sizeText(done.sizeBytes ?? 0)}, ${checked}\n`);
  }
  return 0;
}

/** One line of progress, such as "DeepSeek-R1…: 1.2 GB of 4.7 GB, 45 MB/s, 78 s left". */
function line(texts: Texts, { name, sizeBytes, receivedBytes, bytesPerSecond, secondsLeft, status }: Download): string {
  const amount = sizeBytes === null ? sizeText(receivedBytes) : `${sizeText(receivedBytes)} of ${sizeText(sizeBytes)}`;
  const parts = [amount];
  if (bytesPerSecond !== null) parts.push(`${sizeText(bytesPerSecond)}/s`);
  if (secondsLeft !== null) parts.push(`${secondsLeft} s left`);
  if (status.state === "starting") parts.push("asking the hub");
  if (status.state === "queued") parts.push("waiting for another download");
  if (status.state === "running" && status.quietSeconds > 0) parts.push(`no data for ${status.quietSeconds} s`);
  if (status.state === "verifying") parts.push(`verifying ${Math.floor(status.fraction * 100)} %`);
  if (status.state === "retrying") {
    const seconds = Math.max(0, Math.ceil((status.retryAt - Date.now()) / 1000));
    parts.push(`${failureText(texts, status.problem).what} Trying again in ${seconds} s`);
  }
  return `${name}: ${parts.join(", ")}`;
}
