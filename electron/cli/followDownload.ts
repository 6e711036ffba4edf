import type { Download } from "../contract/downloads.ts";
import { toError, WorkbenchError } from "../contract/errors.ts";
import type { Workbench } from "../workbench/workbench.ts";
import type { CommandRun, EventListeners } from "./CommandRun.ts";
import { downloadLine } from "./downloadLine.ts";

/**
 * Begins a download and shows its progress. Resolves with the finished one, or with null if the command was cancelled,
 * which pauses it. Rejects with its problem.
 */
export async function followDownload(
  { terminal, open, cancelling }: CommandRun,
  begin: (workbench: Workbench) => Promise<Download>,
  listeners: EventListeners = {},
): Promise<Download | null> {
  let follow: (list: Download[]) => void = () => undefined;
  const workbench = await open({ ...listeners, "downloads.changed": (list) => follow(list) });
  const begun = await begin(workbench);
  return await new Promise<Download | null>((resolve, reject) => {
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
}
