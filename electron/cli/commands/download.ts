import type { CommandOf } from "../commandLine.ts";
import type { CommandRun } from "../CommandRun.ts";
import { WorkbenchError } from "../../contract/errors.ts";
import { followDownload } from "../followDownload.ts";

/** `r1 download`: downloads a model from the hub into the library. The same command resumes it after an interruption. */
export async function download(
  { repo, file, revision, acceptUnverified }: CommandOf<"download">,
  run: CommandRun,
): Promise<number> {
  const { terminal } = run;
  const done = await followDownload(run, (workbench) =>
    workbench.call("downloads.start", { file: { repo, revision, path: file }, acceptUnverified }),
  );
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
