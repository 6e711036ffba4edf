import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import { expect, type Locator, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { anotherWindow, newWindow } from "./support/newWindow.ts";
import { freePort } from "./support/nextPage.ts";
import { receive, writeNext } from "./support/writeReplies.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true, debuggingPort: await freePort() });
});
test.afterEach(async () => {
  await app.close();
});

/** Opens the shown chat in a window of its own. */
async function openWindow(): Promise<Page> {
  const page = await newWindow(app.electron, () => app.page.keyboard.press("Control+Shift+N"));
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
  return page;
}

const titles = (): Promise<string[]> =>
  inMain(app.electron, ({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .map((window) => window.getTitle())
      .toSorted(),
  );

test("a chat in a window of its own: both windows show the same, and what the other screens do goes to the main one", async () => {
  await receive(app, { answer: "First answer." });
  const page = await openWindow();
  await expect(replies(page).last()).toContainText("First answer.");
  await expect(page.getByRole("navigation", { name: "Screens" })).toHaveCount(0);
  await expect.poll(titles).toEqual(["Write it.", "Write it. – R1 Workbench"]);

  // A reply streams in both, whichever window it was asked for in.
  await writeNext(app.home, { answer: "Second answer, unfinished", hold: true });
  const [field, mainField] = [page, app.page].map((each) => each.getByRole("textbox", { name: "Message" })) as [
    Locator,
    Locator,
  ];
  await field.pressSequentially("And now?");
  await expect(mainField).toHaveValue("And now?");
  await mainField.pressSequentially(" Or later?");
  await expect(field).toHaveValue("And now? Or later?");
  await field.press("Enter");
  for (const each of [field, mainField]) await expect(each).toHaveValue("");
  for (const window of [page, app.page]) {
    await expect(replies(window).last()).toContainText("Second answer, unfinished");
    await expect(window.getByRole("button", { name: "Stop" })).toBeVisible();
  }
  await app.page.getByRole("button", { name: "Stop" }).click();
  for (const window of [page, app.page]) await expect(window.getByRole("button", { name: "Send" })).toBeVisible();

  // Its title is changed in its own window too.
  await page.keyboard.press("F2");
  const title = page.getByRole("textbox", { name: "Title" });
  await expect(title).toHaveValue("Write it.");
  await title.fill("Written here");
  await title.press("Enter");
  await expect.poll(titles).toEqual(["Written here", "Written here – R1 Workbench"]);
  await expect(field).toBeFocused();
  await page.keyboard.press("F2");
  await title.fill("Write it.");
  await title.press("Enter");

  // The same chat is not opened twice.
  await app.page.keyboard.press("Control+Shift+N");
  await page.keyboard.press("Control+2");
  await expect(app.page.getByRole("main", { name: "Models" })).toBeVisible();
  await expect(page.getByRole("main", { name: "Chat" })).toBeVisible();
  expect(await titles()).toHaveLength(2);

  // It stays when the main window is closed, and the main window comes back.
  await app.page.close();
  await expect.poll(titles).toEqual(["Write it."]);
  const main = await newWindow(app.electron, () => page.keyboard.press("Control+K"));
  await expect(main.getByRole("navigation", { name: "Screens" })).toBeVisible();

  // A chat that is deleted has no window.
  const closed = page.waitForEvent("close");
  await main.evaluate(async () => {
    const { r1 } = window as unknown as { r1: Bridge };
    const list = await r1.call("chats.list", {});
    if (list.ok) await r1.call("chats.delete", { chatIds: list.value.chats.map(({ id }) => id) });
  });
  await closed;
  await expect.poll(titles).toHaveLength(1);
});

test("the second window has the guards of the first, and a foreign page has none of its rights", async () => {
  await receive(app, { answer: "See [a link](https://example.com/)." });
  const page = await openWindow();
  const preferences = await inMain(app.electron, ({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const all = (
        window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences();
      const names = [
        "sandbox",
        "contextIsolation",
        "webSecurity",
        "nodeIntegration",
        "webviewTag",
        "navigateOnDragDrop",
      ];
      return names.filter((name) => all[name] === true);
    }),
  );
  const guarded = ["sandbox", "contextIsolation", "webSecurity"];
  expect(preferences).toEqual([guarded, guarded]);
  expect(await page.evaluate(() => Object.keys((window as unknown as { r1: object }).r1).sort())).toEqual([
    "attachFiles",
    "attachRun",
    "call",
    "importFile",
    "onEvent",
  ]);

  await inMain(app.electron, ({ dialog, shell }) => {
    Object.assign(globalThis, { asked: [] as string[] });
    shell.openExternal = () => Promise.reject(new Error("Nothing may be opened."));
    dialog.showMessageBox = ((window: Electron.BrowserWindow, { message }: { message: string }) => {
      (globalThis as unknown as { asked: string[] }).asked.push(`${window.getTitle()}: ${message}`);
      return Promise.resolve({ response: 1, checkboxChecked: false });
    }) as never;
  });
  await page.getByRole("link", { name: "a link" }).click();
  await expect
    .poll(() => inMain(app.electron, () => (globalThis as unknown as { asked: string[] }).asked))
    .toEqual(["Write it.: Open example.com?"]);
  expect(await page.evaluate(() => window.open("https://example.com/") === null)).toBe(true);
  expect(
    await page.evaluate(() =>
      fetch("https://example.com/").then(
        () => "fetched",
        () => "refused",
      ),
    ),
  ).toBe("refused");
  expect(await page.evaluate(() => location.origin)).toBe("workbench://app");

  // A page that main did not open for the user is no caller, even from our own address.
  const codes = await inMain(app.electron, async ({ app: electron, BrowserWindow }) => {
    const preload = `${electron.getAppPath()}/out/preload/preload.cjs`;
    const stranger = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
    await stranger.loadURL("workbench://app/index.html?chat#/chat/x");
    const code = (await stranger.webContents.executeJavaScript(
      `window.r1.call("chats.list", {}).then((outcome) => outcome.ok ? "ok" : outcome.error.code)`,
    )) as string;
    stranger.destroy();
    return code;
  });
  expect(codes).toBe("input-invalid");
});

test("a chat that makes its own window stop working twice is closed there, and the main window offers it as plain text", async () => {
  await receive(app, { answer: "An answer." });
  await openWindow();
  const killSecond = () =>
    inMain(app.electron, async ({ BrowserWindow }) => {
      const window = BrowserWindow.getAllWindows().find((each) => each.webContents.getURL().includes("?chat"));
      if (window === undefined) throw new Error("There is no second window.");
      await new Promise<void>((resolve) => {
        window.webContents.once("render-process-gone", () => resolve());
        process.kill(window.webContents.getOSProcessId(), "SIGKILL");
      });
    });
  await killSecond();
  // It is loaded again with the same chat.
  await expect
    .poll(() =>
      inMain(app.electron, async ({ BrowserWindow }) => {
        const window = BrowserWindow.getAllWindows().find((each) => each.webContents.getURL().includes("?chat"));
        return (await window?.webContents.executeJavaScript("document.body.innerText").catch(() => "")) as string;
      }),
    )
    .toContain("An answer.");
  await killSecond();
  await expect.poll(titles).toHaveLength(1);
  await expect(app.page.getByRole("alert")).toContainText("stopped working twice");
  await expect(app.page.getByRole("button", { name: "Read as plain text" })).toBeVisible();
});

test("place and size of both kinds of window are kept", async () => {
  await receive(app, { answer: "An answer." });
  await openWindow();
  const place = (index: number) => ({ x: 40 + 20 * index, y: 60, width: 820 + 20 * index, height: 560 });
  await inMain(
    app.electron,
    ({ BrowserWindow }, [main, chat]) => {
      for (const window of BrowserWindow.getAllWindows()) {
        window.setBounds(window.webContents.getURL().includes("?chat") ? chat : main);
      }
    },
    [place(0), place(1)] as const,
  );
  await app.quit();
  app = await launchApp({ home: app.home, writes: true });
  await expect(replies(app.page).last()).toContainText("An answer.");
  // The window of the chat opens again by itself, behind the main one.
  const again = await anotherWindow(app.electron, new Set([app.page]));
  await expect(replies(again).last()).toContainText("An answer.");
  expect(await bounds()).toEqual({ main: place(0), chat: place(1) });

  // One that was closed just before the end is not opened again, but its place is that of the next one.
  await inMain(app.electron, ({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.webContents.getURL().includes("?chat"))
      ?.close(),
  );
  await app.quit();
  app = await launchApp({ home: app.home, writes: true });
  await expect(replies(app.page).last()).toContainText("An answer.");
  await openWindow();
  expect(await bounds()).toEqual({ main: place(0), chat: place(1) });
});

const bounds = async (): Promise<object> =>
  Object.fromEntries(
    await inMain(app.electron, ({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window): [string, Electron.Rectangle] => [
        window.webContents.getURL().includes("?chat") ? "chat" : "main",
        window.getBounds(),
      ]),
    ),
  );

test("after a crash the windows of chats open again, except of a chat that is gone", async () => {
  await receive(app, { answer: "The first chat." });
  const first = await openWindow();
  await app.page.keyboard.press("Control+N");
  await receive(app, { answer: "The second chat." });
  await openWindow();
  const id = (page: Page): string => new URL(page.url()).hash.replace("#/chat/", "");
  await app.kill();
  const gone = id(first);
  const database = new DatabaseSync(join(app.home, "store", "chats.db"));
  database.prepare("DELETE FROM chats WHERE id = ?").run(gone);
  database.close();

  app = await launchApp({ home: app.home, writes: true });
  const again = await anotherWindow(app.electron, new Set([app.page]));
  await expect(replies(again).last()).toContainText("The second chat.");
  // What is kept for the next start shows that all of them have been dealt with.
  const kept = async (): Promise<string[]> => {
    const { windows } = JSON.parse(await readFile(join(app.home, "chat-windows.json"), "utf8")) as {
      windows: { chatId: string }[];
    };
    return windows.map(({ chatId }) => chatId);
  };
  await expect.poll(kept).toEqual([id(again)]);
  expect(await titles()).toHaveLength(2);
});
