import { app, dialog } from "electron";
import { failureLine, failureText } from "../texts/failureText.ts";
import type { Texts } from "../texts/texts.ts";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";

/**
 * Logs uncaught errors, which Electron would show with their stacks. The packaged app shows a dialog for the first one.
 */
export function keepUnexpected(faults: FaultLog, texts: Texts): void {
  let said = false;
  const keep = (error: unknown): void => {
    const problem = faults.shownError(error);
    process.stderr.write(`R1 Workbench: ${failureLine(texts, problem)}\n`);
    if (said || !app.isPackaged || !app.isReady()) return;
    said = true;
    const { what, next } = failureText(texts, problem);
    void dialog.showMessageBox({ type: "error", message: what, detail: next ?? "" });
  };
  process.on("uncaughtException", keep);
  process.on("unhandledRejection", keep);
}
