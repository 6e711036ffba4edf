import { setTimeout as delay } from "node:timers/promises";
import type { RunningApp } from "../support/launchApp.ts";
import { htmlPage, previewOf } from "../support/previewOf.ts";
import { inMain } from "../../support/inMain.mjs";
import { escapingPage, tryEveryWayOut } from "../../support/preview/escapingPage.ts";

/** Chromium resolves names and connects within milliseconds, but in other processes. */
const settleMs = 2_000;

/** Makes the window's page try every way to reach another machine. */
export async function attemptContacts({ electron, page }: RunningApp): Promise<void> {
  // A link that the page opens by itself leads to a question, which is declined here.
  await inMain(electron, ({ dialog }) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 1, checkboxChecked: false });
  });
  await page.evaluate(tryEveryWayOut);
  await delay(settleMs);
}

/** Shows a page beside the chat that tries the same, until it has ended itself. */
export async function attemptContactsInPreview(app: RunningApp): Promise<void> {
  const preview = await previewOf(app);
  await preview.show(htmlPage(escapingPage));
  await preview.expectState("crashed");
  for (const way of ["img", "xhr", "frame-in-frame", "fetch", "websocket", "location"])
    await preview.expectLine(new RegExp(`network: \\w+://${way}\\.attempt\\.example/`));
  await preview.expectLine(/error: Tried \d+ ways out\./);
  await preview.call("preview.close");
}
