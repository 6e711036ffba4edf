import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";
import type { z } from "zod";
import { channels } from "../../electron/contract/bridge.ts";
import { type CallName, calls } from "../../electron/contract/calls.ts";
import { isErrorCode, type Outcome } from "../../electron/contract/errors.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { inMain } from "../support/inMain.mjs";

/** The bridge as seen by a page that is not trusted. */
type AnyBridge = { r1: { call(name: unknown, input: unknown): Promise<Outcome<unknown>> } };

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
  // Every question is cancelled, because nobody can answer it.
  await inMain(app.electron, ({ dialog, shell }) => {
    shell.openPath = () => Promise.resolve("");
    dialog.showMessageBox = ((_: unknown, { cancelId }: { cancelId: number }) =>
      Promise.resolve({ response: cancelId, checkboxChecked: false })) as never;
    dialog.showOpenDialog = (() => Promise.resolve({ canceled: true, filePaths: [] })) as never;
    dialog.showSaveDialog = (() => Promise.resolve({ canceled: true, filePath: "" })) as never;
  });
});
test.afterEach(async () => {
  await app.close();
});

const names = Object.keys(calls) as CallName[];
const schemaOf = (name: CallName): z.ZodObject => calls[name].input as unknown as z.ZodObject;
const fieldsOf = (name: CallName): string[] => Object.keys(schemaOf(name).shape);

/** These measure for minutes or change what other calls do, so only input that their schema refuses is sent. */
const heldBack = new Set<CallName>([
  "benchmark.start",
  "benchmark.recheck",
  "tune.start",
  "fit.measure",
  "hardware.profile",
  "hardware.report",
  "settings.change",
  "shell.openModelsFolder",
]);

const hostileValues: unknown[] = [
  "../../etc/passwd",
  "/etc/passwd",
  "C:\\Windows\\win.ini",
  "\\\\host\\share",
  "file:///etc/passwd",
  "https://example.com/x",
  "__proto__",
  "constructor",
  "'; DROP TABLE chats; --",
  "%00",
  "\0",
  "\ud800",
  "",
  "x".repeat(100_000),
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1,
  2 ** 53,
  0.5,
  true,
  null,
  [],
  [[]],
  {},
  ...["../../../x", "a/b", "__proto__", ""].map((part) => ({
    repo: part,
    revision: part,
    path: `${part}.gguf`,
    kind: part,
  })),
];

type Sent = [label: string, outcome: Outcome<unknown> | "not sent"][];

/** Makes calls from inside the page, because much of the input cannot be transferred there from a test. */
function abuse(page: Page, name: CallName, bytes: number): Promise<Sent> {
  const fields = fieldsOf(name);
  const byField = hostileValues.map((value) => Object.fromEntries(fields.map((field) => [field, value])));
  const sent = heldBack.has(name) ? byField.filter((input) => !schemaOf(name).safeParse(input).success) : byField;
  return page.evaluate(
    async ({ call, inputs, field, bytes, isHeldBack }) => {
      const { r1 } = window as unknown as AnyBridge;
      const circle: Record<string, unknown> = {};
      circle["self"] = circle;
      let deep: unknown = "deep";
      for (let depth = 0; depth < 5000; depth++) deep = [deep];
      const polluting = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}';
      const wrong: [string, unknown][] = [
        ["wrong: nothing", undefined],
        ["wrong: null", null],
        ["wrong: a number", 7],
        ["wrong: not a number", Number.NaN],
        ["wrong: true", true],
        ["wrong: text", "text"],
        ["wrong: a list", []],
        ["wrong: a big integer", 10n],
        ["wrong: a function", () => 1],
        ["wrong: a symbol", Symbol("x")],
        ["wrong: a deep list", deep],
      ];
      const odd: [string, unknown][] = [
        ["a date", new Date(0)],
        ["a map", new Map([["chatId", "x"]])],
        ["bytes", new Uint8Array(8)],
        ["a circle", circle],
        ["a field that is a function", { [field]: () => 1 }],
        ["a field that is a circle", { [field]: circle }],
        ["a getter", Object.defineProperty({}, field, { enumerable: true, get: () => "x" })],
        ["a proxy", new Proxy({}, { get: () => "x", ownKeys: () => [field] })],
        ["a prototype", JSON.parse(polluting)],
        ["a field with a prototype", { [field]: JSON.parse(polluting) }],
        ["fields of nobody's", { [field]: "x", isAdmin: true, handler: "x", [Symbol.iterator]: 1 }],
        ["bytes enough", { [field]: "x".repeat(bytes) }],
      ];
      const filled = inputs.map((input, at): [string, unknown] => [`hostile value ${at}`, input]);
      return Promise.all(
        [...wrong, ...(isHeldBack ? [] : odd), ...filled].map(async ([label, input]): Promise<Sent[number]> => {
          try {
            return [label, await r1.call(call, input)];
          } catch {
            // Not plain data, so it does not leave the page.
            return [label, "not sent"];
          }
        }),
      );
    },
    { call: name, inputs: sent, field: fields[0] ?? "extra", bytes, isHeldBack: heldBack.has(name) },
  );
}

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
  expect(listening).toEqual({ invoked: [channels.call, channels.importFile].sort(), sent: [channels.attachRun] });
});

test("S9: every call refuses bad input with a code, without a stack or a folder, and the app keeps running", async () => {
  test.setTimeout(180_000);
  const { page } = app;
  const call = (name: CallName, input: unknown): Promise<Outcome<unknown>> =>
    page.evaluate(([which, what]) => (window as unknown as AnyBridge).r1.call(which, what), [name, input] as const);
  // No request may reach the real hub.
  expect((await call("settings.change", { hubEndpoint: "http://127.0.0.1:9" })).ok).toBe(true);
  const settings = await call("settings.get", {});
  const root = fileURLToPath(new URL("../..", import.meta.url));

  let count = 0;
  const capabilities = new Set<string>();
  for (const name of names) {
    // One call of each capability gets 50 MB; copying them for every call would take minutes.
    const [capability = ""] = name.split(".");
    const bytes = capabilities.has(capability) || heldBack.has(name) ? 1_000_000 : 50_000_000;
    if (bytes > 1_000_000) capabilities.add(capability);
    for (const [label, outcome] of await abuse(page, name, bytes)) {
      count++;
      const where = `${name} with ${label}`;
      if (outcome === "not sent") continue;
      if (label.startsWith("wrong"))
        expect(outcome, where).toMatchObject({ ok: false, error: { code: "input-invalid" } });
      if (outcome.ok) continue;
      const { code, message, detail = "" } = outcome.error;
      expect(isErrorCode(code), where).toBe(true);
      expect(code, where).not.toBe("internal");
      const words = `${message}\n${detail}`;
      expect(words, where).not.toMatch(/\n\s+at |node_modules|\.[cm]?[jt]s:\d/);
      expect(words.includes(app.home) || words.includes(root), where).toBe(false);
      expect(words.length, where).toBeLessThan(10_000);
    }
  }
  expect(count).toBeGreaterThan(1000);
  expect(await call("settings.get", {})).toEqual(settings);
  expect(await page.evaluate(() => "polluted" in {})).toBe(false);
  expect(await inMain(app.electron, () => "polluted" in {})).toBe(false);
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
});

test("S9: unknown names, other frames, other pages and far too many calls at once are refused", async () => {
  const { page } = app;
  const codes = await page.evaluate(async () => {
    const { r1 } = window as unknown as AnyBridge;
    const odd = ["", "constructor", "__proto__", "toString", "chats.list\0", "chats.List", "r1:call", 7, null, {}, []];
    const outcomes = await Promise.all(odd.map((name) => r1.call(name, {})));
    return outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.error.code));
  });
  expect(new Set(codes)).toEqual(new Set(["input-invalid"]));

  const answered = await page.evaluate(async () => {
    const { r1 } = window as unknown as AnyBridge;
    const flood = Array.from({ length: 5000 }, (_, at) => (at % 2 === 0 ? "engine.state" : "chats.open"));
    const outcomes = await Promise.all(flood.map((name, at) => r1.call(name, { chatId: `${at}` })));
    return outcomes.filter(({ ok }) => ok).length;
  });
  expect(answered).toBe(2500);

  // A frame that the page creates has no bridge.
  const inFrame = await page.evaluate(() => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const has = frame.contentWindow !== null && "r1" in frame.contentWindow;
    frame.remove();
    return has;
  });
  expect(inFrame).toBe(false);

  // Main would not respond to a message from a frame, another window or a page that is gone either.
  const refusals = await inMain(
    app.electron,
    async ({ ipcMain, BrowserWindow }, channel) => {
      type Handler = (event: unknown, name: unknown, input: unknown) => Promise<unknown>;
      const answer = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers.get(channel);
      const [own] = BrowserWindow.getAllWindows();
      if (answer === undefined || own === undefined) throw new Error("There is no door or no window.");
      const sender = own.webContents;
      const other = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
      const closed = new BrowserWindow({ show: false });
      const gone = closed.webContents;
      closed.destroy();
      const events: Record<string, object> = {
        "a page that is gone": { sender, senderFrame: null },
        "a frame of the page": { sender, senderFrame: { origin: "workbench://app" } },
        "another window": { sender: other.webContents, senderFrame: other.webContents.mainFrame },
        "another window, with our frame": { sender: other.webContents, senderFrame: sender.mainFrame },
        "a window that is gone": { sender: gone, senderFrame: null },
        nobody: {},
      };
      const outcomes: [string, unknown][] = [];
      for (const [who, event] of Object.entries(events)) outcomes.push([who, await answer(event, "chats.list", {})]);
      other.destroy();
      return outcomes;
    },
    channels.call,
  );
  const refused = { ok: false, error: { code: "input-invalid", detail: "foreign-caller" } };
  for (const [who, outcome] of refusals) expect(outcome, who).toMatchObject(refused);

  // The same from real windows with our preload, one of which is destroyed during its call.
  const strangers = await inMain(app.electron, async ({ app: electron, BrowserWindow }) => {
    const preload = `${electron.getAppPath()}/out/preload/preload.cjs`;
    const answers: unknown[] = [];
    const addresses = ["about:blank", "workbench://app/index.html", "workbench://app/index.html"];
    for (const [at, url] of addresses.entries()) {
      const other = new BrowserWindow({
        show: false,
        webPreferences: { preload, sandbox: true, contextIsolation: true },
      });
      await other.loadURL(url);
      const answer = other.webContents.executeJavaScript('window.r1 ? window.r1.call("chats.list", {}) : null');
      if (at === 2) answer.catch(() => undefined);
      else answers.push(await answer);
      other.destroy();
    }
    return answers;
  });
  expect(strangers).toHaveLength(2);
  for (const answer of strangers) expect(answer).toMatchObject(refused);

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
