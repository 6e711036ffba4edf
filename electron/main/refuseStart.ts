import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { app, dialog } from "electron";
import type { Problem } from "../contract/errors.ts";
import { failureLine } from "../texts/failureText.ts";
import type { Texts } from "../texts/texts.ts";

/**
 * Quits the app with exit code 1 before it starts. Writes the reason to stderr; the packaged app, which is usually
 * started from its icon, shows it in a dialog first.
 */
export function refuseStart(texts: Texts, problem: Problem): void {
  const text = failureLine(texts, problem);
  process.stderr.write(`R1 Workbench: ${text}\n`);
  if (!app.isPackaged) {
    app.exit(1);
    return;
  }
  // Chromium writes to this folder before a dialog can be shown, and the home folder cannot be used.
  app.setPath("userData", mkdtempSync(join(tmpdir(), "r1-workbench-")));
  void app.whenReady().then(() => {
    dialog.showErrorBox(texts.say("cannotStart"), text);
    app.exit(1);
  });
}
