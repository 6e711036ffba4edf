import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { type HubServer, startHubServer } from "../support/hub/hubServer.mjs";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { inMain } from "../support/inMain.mjs";

const named = (words: string): string => `${words}.gguf`;
/** Refused before anything is requested. */
const refused = [
  named("<a href=x.example>Update now<a>"),
  named("<img src=x.png>"),
  named("x".repeat(600)),
  named("a\u202Efugg.exe"),
  named("a\u200Db"),
];
/** Downloaded; the second is not on the hub. */
const begun = [named("x".repeat(150)), named("& not there ".repeat(10).trim())];

let app: RunningApp;
let hub: HubServer;
test.beforeEach(async () => {
  hub = await startHubServer({ files: { [begun[0] ?? ""]: { sizeBytes: 1000 } } });
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
  await hub.close();
});

test("S3: a system notification shows a download's name and the hub's text as one short plain line", async () => {
  await inMain(app.electron, ({ BrowserWindow, dialog, Notification }) => {
    dialog.showMessageBox = (() => Promise.resolve({ response: 0, checkboxChecked: false })) as never;
    // As on a desktop with notifications and the window in the background.
    Notification.isSupported = () => true;
    BrowserWindow.prototype.isFocused = () => false;
    const shown: { title: string; body: string }[] = [];
    Object.assign(globalThis, { shown });
    Notification.prototype.show = function (this: Electron.Notification) {
      shown.push({ title: this.title, body: this.body });
    };
  });
  const codes = await app.page.evaluate(
    async ({ endpoint, names }) => {
      const { r1 } = window as unknown as { r1: Bridge };
      await r1.call("settings.change", { hubEndpoint: endpoint });
      const answers: string[] = [];
      for (const path of names) {
        const file = { repo: "owner/model-GGUF", revision: "main", path };
        const outcome = await r1.call("downloads.start", { file });
        answers.push(outcome.ok ? "ok" : outcome.error.code);
      }
      return answers;
    },
    { endpoint: hub.endpoint, names: [...refused, ...begun] },
  );
  expect(codes).toEqual([...refused.map(() => "download-name-refused"), ...begun.map(() => "ok")]);
  const noted = () =>
    inMain(app.electron, () => (globalThis as unknown as { shown: { title: string; body: string }[] }).shown);
  await expect.poll(async () => (await noted()).length).toBe(begun.length);
  for (const { title, body } of await noted()) {
    for (const text of [title, body])
      expect(text).toMatch(/^[^\p{Cc}\p{Zl}\p{Zp}<>\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/u);
    expect(title.length).toBeLessThanOrEqual(100);
    expect(body.length).toBeLessThanOrEqual(300);
  }
});
