import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { test } from "@playwright/test";
import { ask } from "../support/chatSteps.ts";
import { launchApp, type LaunchOptions, type RunningApp } from "../support/launchApp.ts";
import { attemptContacts, attemptContactsInPreview } from "./attemptContacts.ts";
import { begin } from "./begin.ts";
import { openEverything } from "./openEverything.ts";
import { plantContacts } from "./plantContacts.ts";

const withoutGuard = fileURLToPath(new URL("unguarded.cjs", import.meta.url));
/** By then, Chromium has begun whatever it does on its own at a start. The longest delay seen was under one second. */
const settleMs = 3_000;

async function start(stage: string, options: LaunchOptions = {}): Promise<RunningApp> {
  await begin(stage);
  const app = await launchApp(options);
  await app.page.getByRole("textbox", { name: "Message" }).waitFor();
  await delay(settleMs);
  return app;
}

test("a tour of the app", async () => {
  const first = await start("the first start");
  await begin("a chat with a reply");
  await ask(first.page, "What is 17 + 25?");
  await begin("every screen, with all that folds out");
  await openEverything(first.page);
  await begin("a previewed page that tries to reach out");
  await attemptContactsInPreview(first);
  await begin("a page that tries to reach out");
  await attemptContacts(first);
  await begin("quitting");
  await first.quit();

  const second = await start("the second start", { home: first.home });
  await begin("another chat");
  await ask(second.page, "What is 6 * 7?");
  await begin("quitting again");
  await second.quit();

  const unguarded = await start("planted", { home: first.home, modules: [withoutGuard] });
  await plantContacts(unguarded);
  await unguarded.close();
  await begin("end");
});
