import type { Download } from "../../contract/downloads.ts";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { downloadLine } from "../downloadLine.ts";

/** `r1 download`: downloads a model from the hub into the library. The same command resumes it after an interruption. */
export async function download(
  { repo, file, revision, acceptUnverified }: CommandOf<"download">,
  { terminal, open, cancelling }: CommandRun,
): Promise<number> {
  let follow: (list: Download[]) => void = () => undefined;
  const workbench = await open({ "downloads.changed": (list) => follow(list) });
  const begun = await workbench.call("downloads.start", { file: { repo, revision, path: file }, acceptUnverified });
  const done = await new Promise<Download | null>((resolve, reject) => {
    const stop = (): void => {
      workbench.call("downloads.pause", { downloadId: begun.id }).then(() => resolve(null), reject);
    };
    if (cancelling.aborted) stop();
    cancelling.addEventListener("abort", stop, { once: true });
    follow = (list) => {
      const ours = list.find(({ id }) => id === begun.id);
      if (ours === undefined) return;
      terminal.progress(downloadLine(terminal.texts, ours));
      const { status } = ours;
      if (status.state === "done") resolve(ours);
      else if (status.state === "failed") reject(toError(status.problem));
      else if (status.state === "paused" && status.problem !== null) reject(toError(status.problem));
      else if (status.state === "paused" && status.reason === "offline") {
        reject(new WorkbenchError("offline", { case: "cut" }));
      }
    };
    void workbench.call("downloads.list", {}).then((list) => follow(list), reject);
  }).finally(() => {
    follow = () => undefined;
    terminal.progress("");
  });
  const { say, figures } = terminal.texts;
  if (done === null) {
    terminal.aside(`${say("cli:download.stopped")}\n`);
    return 130;
  }
  if (done.status.state !== "done") throw new WorkbenchError("internal");
  const { path, sha256, verified } = done.status;
  if (terminal.json) terminal.document({ path, sizeBytes: done.sizeBytes, sha256 });
  else {
    const checked = verified ? say("cli:download.sha256", { sha256 }) : say("cli:download.sha256Only", { sha256 });
    terminal.write(`${path}\n`);
    terminal.aside(`${figures.bytes(done.sizeBytes ?? 0)}\n${checked}\n`);
  }
  return 0;
}
