import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { afterReload } from "./support/afterReload.ts";
import { filesWith } from "./support/filesWith.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { slow } from "./support/lockSteps.ts";
import { newWindow } from "./support/newWindow.ts";
import { htmlPage, previewOf } from "./support/previewOf.ts";
import { receive } from "./support/writeReplies.ts";

let app: RunningApp;
test.beforeEach(async () => {
  test.setTimeout(180_000);
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

/** A word that only the page has. */
const mark = "quokkaburra";
const marked = htmlPage(
  `<!doctype html><p>${mark}</p><script>
    localStorage.setItem("word", "${mark}");
    document.cookie = "word=${mark}";
    console.log("${mark} runs");
  </script>`,
);

/** Returns the process of the previewed page, or null. */
const pagePid = (): Promise<number | null> =>
  inMain(
    app.electron,
    ({ webContents }) =>
      webContents
        .getAllWebContents()
        .find((each) => each.getURL().startsWith("workbench-preview:"))
        ?.getOSProcessId() ?? null,
  );
/** Whether a process of the app has this id. */
const isThere = (pid: number | null): Promise<boolean> =>
  inMain(app.electron, ({ app: running }, id) => running.getAppMetrics().some((each) => each.pid === id), pid);

test("a page ends when the chats are locked, and has left nothing in the home", async () => {
  await app.page.evaluate(async () => {
    const { r1 } = globalThis as unknown as { r1: Bridge };
    await r1.call("chatLock.turnOn", { passphrase: "four random words", keychain: false });
  });
  const lock = app.page.getByRole("button", { name: "Lock chats" });
  await expect(lock).toBeVisible(slow);
  const preview = await previewOf(app);
  await preview.show(marked);
  await preview.expectLine(`log: ${mark} runs`);
  const pid = await pagePid();
  expect(await isThere(pid)).toBe(true);
  await afterReload([app.page], () => lock.click());
  await expect.poll(() => preview.views(), slow).toBe(0);
  await expect.poll(() => isThere(pid), slow).toBe(false);
  expect(filesWith(app.home, mark)).toEqual([]);
});

test("a page ends with its window, and the app goes on", async () => {
  await receive(app, { answer: "An answer." });
  const page = await newWindow(app.electron, () => app.page.keyboard.press("Control+Shift+N"));
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible(slow);
  const preview = await previewOf({ ...app, page });
  await preview.show(marked);
  await preview.expectLine(`log: ${mark} runs`);
  const pid = await pagePid();
  await page.close();
  await expect.poll(pagePid, slow).toBe(null);
  await expect.poll(() => isThere(pid), slow).toBe(false);
  await expect(app.page.getByRole("textbox", { name: "Message" })).toBeVisible();
});
