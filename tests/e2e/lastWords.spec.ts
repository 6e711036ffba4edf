import { once } from "node:events";
import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { receive } from "./support/writeReplies.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const exited = (): Promise<unknown> => once(app.electron.process(), "exit");
async function startAgain(): Promise<void> {
  app = await launchApp({ home: app.home, writes: true });
}

const ends: Record<string, () => Promise<unknown>> = {
  "the app quits": () => app.quit(),
  "its last window closes": () =>
    Promise.all([exited(), inMain(app.electron, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())]),
  "the system asks it to end": () => {
    const ended = exited();
    app.electron.process().kill("SIGTERM");
    return ended;
  },
};

for (const [how, end] of Object.entries(ends)) {
  test(`what was typed just before ${how} is there again: a new chat's draft, a chat's draft, an edit, instructions and a title`, async () => {
    // Six starts.
    test.setTimeout(120_000);
    await field(app.page).pressSequentially("a new chat");
    await end();
    await startAgain();
    await expect(field(app.page)).toHaveValue("a new chat");
    await field(app.page).fill("");

    await receive(app, { answer: "An answer." });
    await field(app.page).pressSequentially("a second question");
    await end();
    await startAgain();
    await expect(replies(app.page).last()).toContainText("An answer.");
    await expect(field(app.page)).toHaveValue("a second question");

    await app.page.getByRole("article", { name: "You" }).hover();
    await app.page.getByRole("button", { name: "Edit", exact: true }).click();
    await expect(field(app.page)).toHaveValue("Write it.");
    await field(app.page).pressSequentially(" Better.");
    await end();
    await startAgain();
    await expect(field(app.page)).toHaveValue("Write it. Better.");
    await app.page.getByRole("button", { name: "Cancel" }).click();
    await expect(field(app.page)).toHaveValue("a second question");

    await app.page.getByRole("button", { name: "Settings for this chat" }).click();
    await app.page.getByRole("textbox", { name: "Instructions for this chat" }).pressSequentially("Be brief.");
    await end();
    await startAgain();
    await app.page.getByRole("button", { name: "Settings for this chat" }).click();
    await expect(app.page.getByRole("textbox", { name: "Instructions for this chat" })).toHaveValue("Be brief.");
    await app.page.keyboard.press("Escape");

    await app.page.getByRole("link", { name: "Write it." }).press("F2");
    await app.page.getByRole("textbox", { name: "Title" }).fill("A better title");
    await end();
    await startAgain();
    await expect(app.page.getByRole("heading", { name: "A better title" })).toBeVisible();
    await expect(field(app.page)).toHaveValue("a second question");
  });
}

test("what is asked for in the same instant as Quit is done: a deletion, a name, a setting", async () => {
  await receive(app, { answer: "An answer." });
  await app.page.getByRole("button", { name: "New chat" }).click();
  await receive(app, { answer: "Another answer." });
  const ended = exited();
  await app.page.evaluate(async (title) => {
    const { r1 } = window as unknown as { r1: Bridge };
    const listed = await r1.call("chats.list", { folderId: null, archived: false });
    if (!listed.ok) return;
    const [first, second] = listed.value.chats.map(({ id }) => id) as [string, string];
    // Just after the page has said that it has saved.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      void r1.call("chats.delete", { chatIds: [first] });
      void r1.call("chats.rename", { chatId: second, title });
      void r1.call("settings.change", { density: "compact" });
    };
    r1.onEvent((name) => {
      if (name === "shell.leaving") port2.postMessage(null);
    });
  }, "Renamed in the last instant");
  await Promise.all([ended, inMain(app.electron, ({ app: electron }) => setImmediate(() => electron.quit()))]);
  await startAgain();
  await expect(app.page.locator("html")).toHaveAttribute("data-density", "compact");
  await expect(app.page.getByRole("link", { name: "Renamed in the last instant" })).toBeVisible();
  await expect(app.page.getByRole("link", { name: "Write it." })).toHaveCount(0);
});

test("what main has of a draft and an edit survives a crash of everything", async () => {
  await receive(app, { answer: "An answer." });
  await field(app.page).pressSequentially("a second question");
  type Kept = { draft: string; edit: { text: string } | null };
  const kept = (): Promise<Kept | null> =>
    app.page.evaluate(async () => {
      const { r1 } = window as unknown as { r1: Bridge };
      const chatId = location.hash.replace("#/chat/", "");
      const opened = await r1.call("chats.open", { chatId });
      return opened.ok ? opened.value.chat : null;
    });
  await expect.poll(async () => (await kept())?.draft).toBe("a second question");
  await app.kill();
  await startAgain();
  await expect(field(app.page)).toHaveValue("a second question");

  await app.page.getByRole("article", { name: "You" }).hover();
  await app.page.getByRole("button", { name: "Edit", exact: true }).click();
  await field(app.page).pressSequentially(" Better.");
  await expect.poll(async () => (await kept())?.edit?.text).toBe("Write it. Better.");
  await app.kill();
  await startAgain();
  await expect(field(app.page)).toHaveValue("Write it. Better.");
});

test("a page that does not answer does not keep the app from quitting", async () => {
  await field(app.page).waitFor();
  await inMain(app.electron, ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    void contents?.executeJavaScript("for (;;);");
  });
  await Promise.all([exited(), inMain(app.electron, ({ app: electron }) => setImmediate(() => electron.quit()))]);
  await startAgain();
});
