import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app, dialog } from "electron";
import { errorTexts, type Problem } from "../contract/errors.ts";

/**
 * Quits the app with status 1 before it starts. The reason goes to stderr; the packaged app, which is usually started
 * from its icon, shows it in a dialog first.
 */
export function refuseStart({ code, message }: Problem): void {
  const text = `${message} ${errorTexts[code].next}`;
  process.stderr.write(`R1 Workbench: ${text}\n`);
  if (!app.isPackaged) {
    app.exit(1);
    return;
  }
  // Chromium writes to this folder before a dialog can be shown, and the home cannot be used.
  app.setPath("userData", mkdtempSync(join(tmpdir(), "r1-workbench-")));
  void app.whenReady().then(() => {
    dialog.showErrorBox("R1 Workbench cannot start", text);
    app.exit(1);
  });
}
