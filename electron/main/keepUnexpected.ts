import { app, dialog } from "electron";
import { errorTexts } from "../contract/errors.ts";
import type { FaultLog } from "../workbench/faults/FaultLog.ts";

/** Logs uncaught errors, which Electron would show with their stacks. The packaged app shows a dialog for the first. */
export function keepUnexpected(faults: FaultLog): void {
  let said = false;
  const keep = (error: unknown): void => {
    const { message, code } = faults.shownError(error);
    const text = `${message} ${errorTexts[code].next}`;
    process.stderr.write(`R1 Workbench: ${text}\n`);
    if (said || !app.isPackaged || !app.isReady()) return;
    said = true;
    void dialog.showMessageBox({ type: "error", message, detail: errorTexts[code].next });
  };
  process.on("uncaughtException", keep);
  process.on("unhandledRejection", keep);
}
