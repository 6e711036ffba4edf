import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { inMain } from "../support/inMain.mjs";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { receive } from "./support/writeReplies.ts";

/** A chat opens with 30 messages, so most of these are not on the screen. */
const turns = 24;

interface Printed {
  printed: { text: string; pages: number; code: string | null }[];
}

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

/** Instead of the system's dialog, records the page and prints it to a PDF. */
async function stubPrinter(): Promise<void> {
  await inMain(app.electron, ({ webContents }) => {
    const printed: Printed["printed"] = [];
    Object.assign(globalThis, { printed });
    const prototype = Object.getPrototypeOf(webContents.getAllWebContents()[0]) as Electron.WebContents;
    prototype.print = function (this: Electron.WebContents, _options, done) {
      void (async () => {
        const text = (await this.executeJavaScript("document.body.innerText")) as string;
        const pdf = (await this.printToPDF({})).toString("latin1");
        printed.push({ text, pages: pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0, code: null });
        done?.(true, "");
      })();
    };
  });
}
const printed = (): Promise<Printed["printed"]> =>
  inMain(app.electron, () => (globalThis as unknown as Printed).printed);

test("Ctrl+P prints every message of a long chat, typeset, on as many pages as it needs", async () => {
  test.setTimeout(120_000);
  for (let turn = 1; turn <= turns; turn++) {
    await receive(app, {
      thought: "A thought of mine.",
      answer: `Answer ${turn} is **bold**.\n\n${"A line of a long answer.\n\n".repeat(6)}$x^2$`,
    });
  }
  await stubPrinter();
  await app.page.keyboard.press("Control+P");
  await expect.poll(async () => (await printed()).length).toBe(1);
  const [{ text, pages } = { text: "", pages: 0 }] = await printed();
  for (let turn = 1; turn <= turns; turn++) expect(text, `turn ${turn}`).toContain(`Answer ${turn} is bold.`);
  expect(text.match(/Write it\./g)?.length).toBe(turns + 1);
  expect(text).not.toContain("A thought of mine.");
  expect(text).not.toContain("$x^2$");
  expect(pages).toBeGreaterThan(4);
  // The hidden window is gone, and the user's place is as it was.
  await expect.poll(() => inMain(app.electron, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await expect(app.page.getByText(`Answer ${turns} is bold.`)).toBeVisible();
});

test("a chat that does not exist is not printed, a dialog that was closed is no failure, and a broken printer is one", async () => {
  await receive(app, { answer: "An answer." });
  const print = (chatId: string | null) =>
    app.page.evaluate(async (id) => {
      const { r1 } = window as unknown as { r1: Bridge };
      const list = await r1.call("chats.list", {});
      const known = list.ok ? (list.value.chats[0]?.id ?? "") : "";
      const outcome = await r1.call("shell.printChat", { chatId: id ?? known });
      return outcome.ok ? "ok" : outcome.error.code;
    }, chatId);
  expect(await print("no-such-chat")).toBe("chat-not-found");
  for (const [reason, code] of [
    ["Print job canceled", "ok"],
    ["Print job failed", "print-failed"],
  ] as const) {
    await inMain(
      app.electron,
      ({ webContents }, why) => {
        const prototype = Object.getPrototypeOf(webContents.getAllWebContents()[0]) as Electron.WebContents;
        prototype.print = (_options, done) => done?.(false, why);
      },
      reason,
    );
    expect(await print(null), reason).toBe(code);
  }
});
