import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";
import { channels } from "../../electron/contract/bridge.ts";
import {
  type AnyBridge,
  cancelQuestions,
  expectCallsRefuse,
  expectOthersRefused,
  names,
  type Reach,
  schemaOf,
} from "./support/abuseCalls.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { inMain } from "../support/inMain.mjs";

let app: RunningApp;
const reach: Reach = {
  inPage: (work, given) => app.page.evaluate(work as never, given) as never,
  inMain: (work, given) => inMain(app.electron, work as never, given) as never,
};
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
  await cancelQuestions(reach);
});
test.afterEach(async () => {
  await app.close();
});

test("S9: every call is in the registry with a schema, and there are no other channels", async () => {
  for (const name of names) {
    for (const input of [undefined, null, 7, "text", []]) {
      expect(schemaOf(name).safeParse(input).success, name).toBe(false);
    }
    // Input that a call does not name never reaches its handler.
    const parsed = schemaOf(name).safeParse({ ofNobody: 1 });
    expect(parsed.data ?? {}, name).not.toHaveProperty("ofNobody");
  }
  const listening = await inMain(app.electron, ({ ipcMain }) => ({
    invoked: [...(ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers.keys()].sort(),
    sent: ipcMain.eventNames().filter((name) => name !== "error"),
  }));
  const invoked = [channels.attachFiles, channels.call, channels.importFile].sort();
  expect(listening).toEqual({ invoked, sent: [channels.attachRun] });
});

test("S9: every call refuses bad input with a code, without a stack or a folder, and the app keeps running", async () => {
  test.setTimeout(180_000);
  const { page } = app;
  await expectCallsRefuse(reach, [app.home, fileURLToPath(new URL("../..", import.meta.url))], 50_000_000);
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
});

test("S9: unknown names, other frames, other pages and far too many calls at once are refused", async () => {
  const { page } = app;
  await expectOthersRefused(reach);
  // The window works after a reload in the middle of calls.
  await page.evaluate(() => {
    const { r1 } = window as unknown as AnyBridge;
    for (let at = 0; at < 500; at++) void r1.call("models.list", {});
  });
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
});

test("S9: an internal failure reaches the page as an id", async () => {
  await inMain(app.electron, ({ clipboard }) => {
    clipboard.writeText = () => {
      throw new TypeError(`secret words in ${process.cwd()}/inside.js`);
    };
  });
  const outcome = await app.page.evaluate(() =>
    (window as unknown as AnyBridge).r1.call("shell.copyText", { text: "x" }),
  );
  expect(outcome).toEqual({
    ok: false,
    error: {
      code: "internal",
      facts: { faultId: expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/) },
      faultId: expect.any(String),
    },
  });
});
