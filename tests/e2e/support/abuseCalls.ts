import { expect } from "@playwright/test";
import type * as Electron from "electron";
import type { z } from "zod";
import { channels } from "../../../electron/contract/bridge.ts";
import { type CallName, calls } from "../../../electron/contract/calls.ts";
import { isErrorCode, type Outcome } from "../../../electron/contract/errors.ts";

/** How a test reaches an app: by functions that run in its page and in its main process. */
export interface Reach {
  inPage: <Given, Result>(work: (given: Given) => Result | Promise<Result>, given: Given) => Promise<Result>;
  inMain: <Given, Result>(
    work: (electron: typeof Electron, given: Given) => Result | Promise<Result>,
    given: Given,
  ) => Promise<Result>;
}

/** The bridge as seen by a page that is not trusted. */
export type AnyBridge = { r1: { call(name: unknown, input: unknown): Promise<Outcome<unknown>> } };

/** Has every question cancelled, because nobody can answer it. */
export async function cancelQuestions({ inMain }: Reach): Promise<void> {
  await inMain(({ dialog, shell }) => {
    shell.openPath = () => Promise.resolve("");
    dialog.showMessageBox = ((_: unknown, { cancelId }: { cancelId: number }) =>
      Promise.resolve({ response: cancelId, checkboxChecked: false })) as never;
    dialog.showOpenDialog = (() => Promise.resolve({ canceled: true, filePaths: [] })) as never;
    dialog.showSaveDialog = (() => Promise.resolve({ canceled: true, filePath: "" })) as never;
  }, null);
}

export const names = Object.keys(calls) as CallName[];
export const schemaOf = (name: CallName): z.ZodObject => calls[name].input as unknown as z.ZodObject;
const fieldsOf = (name: CallName): string[] => Object.keys(schemaOf(name).shape);

/** These measure for minutes, open a port or change what other calls do, so only input that their schema refuses is sent. */
const heldBack = new Set<CallName>([
  "apiServer.start",
  "apiServer.change",
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

type Sent = [label: string, outcome: Outcome<unknown> | "not sent" | "not answered"][];

/** After which a call is named as one that is not answered, rather than that the test's time runs out without a word. */
const answerLimitMs = 60_000;

/** Makes calls from inside the page, because much of the input cannot be transferred there from a test. */
function abuse({ inPage }: Reach, name: CallName, bytes: number): Promise<Sent> {
  const fields = fieldsOf(name);
  const byField = hostileValues.map((value) => Object.fromEntries(fields.map((field) => [field, value])));
  const sent = heldBack.has(name) ? byField.filter((input) => !schemaOf(name).safeParse(input).success) : byField;
  return inPage(
    async ({ call, inputs, field, bytes, isHeldBack, limitMs }) => {
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
      const late = new Promise<"not answered">((resolve) => setTimeout(() => resolve("not answered"), limitMs));
      const filled = inputs.map((input, at): [string, unknown] => [`hostile value ${at}`, input]);
      return Promise.all(
        [...wrong, ...(isHeldBack ? [] : odd), ...filled].map(async ([label, input]): Promise<Sent[number]> => {
          try {
            return [label, await Promise.race([r1.call(call, input), late])];
          } catch {
            // Not plain data, so it does not leave the page.
            return [label, "not sent"];
          }
        }),
      );
    },
    {
      call: name,
      inputs: sent,
      field: fields[0] ?? "extra",
      bytes,
      isHeldBack: heldBack.has(name),
      limitMs: answerLimitMs,
    },
  );
}

/** Returns what is wrong with the answer to a hostile input. */
function faultsOf(outcome: Sent[number][1], mustRefuse: boolean, folders: readonly string[]): string[] {
  if (outcome === "not sent") return [];
  if (outcome === "not answered") return [`is not answered within ${answerLimitMs} ms`];
  if (outcome.ok) return mustRefuse ? ["is accepted"] : [];
  const { code, message, detail = "" } = outcome.error;
  const words = `${message}\n${detail}`;
  return [
    ...(mustRefuse && code !== "input-invalid" ? [`fails with ${code}`] : []),
    ...(isErrorCode(code) && code !== "internal" ? [] : [`has the code ${code}`]),
    ...(/\n\s+at |node_modules|\.[cm]?[jt]s:\d/.test(words) ? [`shows a stack: ${words}`] : []),
    ...folders.filter((folder) => words.includes(folder)).map((folder) => `names ${folder}`),
    ...(words.length < 10_000 ? [] : [`is answered with ${words.length} characters`]),
  ];
}

/**
 * Sends all of it to every call: bad input is refused with a code, no failure names one of these folders or has a stack,
 * and nothing has changed afterwards. One call of each capability gets a text of `mostBytes`.
 */
export async function expectCallsRefuse(reach: Reach, folders: readonly string[], mostBytes: number): Promise<void> {
  const { inPage, inMain } = reach;
  const call = (name: CallName, input: unknown): Promise<Outcome<unknown>> =>
    inPage(([which, what]) => (window as unknown as AnyBridge).r1.call(which, what), [name, input] as const);
  // No request may reach the real hub.
  expect((await call("settings.change", { hubEndpoint: "http://127.0.0.1:9" })).ok).toBe(true);
  const settings = await call("settings.get", {});
  let count = 0;
  const capabilities = new Set<string>();
  for (const name of names) {
    // One call of each capability gets 50 MB; copying them for every call would take minutes.
    const [capability = ""] = name.split(".");
    const bytes = capabilities.has(capability) || heldBack.has(name) ? 1_000_000 : mostBytes;
    if (bytes > 1_000_000) capabilities.add(capability);
    const sent = await abuse(reach, name, bytes);
    count += sent.length;
    // One check for each call: Playwright looks through all earlier ones at each.
    const faults = sent.flatMap(([label, outcome]) =>
      faultsOf(outcome, label.startsWith("wrong"), folders).map((fault) => `${name} with ${label} ${fault}`),
    );
    expect(faults).toEqual([]);
  }
  expect(count).toBeGreaterThan(1000);
  expect(await call("settings.get", {})).toEqual(settings);
  expect(await inPage(() => "polluted" in {}, null)).toBe(false);
  expect(await inMain(() => "polluted" in {}, null)).toBe(false);
}

/** Unknown names, other frames, other pages and windows, and far too many calls at once are refused. */
export async function expectOthersRefused({ inPage, inMain }: Reach): Promise<void> {
  const codes = await inPage(async () => {
    const { r1 } = window as unknown as AnyBridge;
    const odd = ["", "constructor", "__proto__", "toString", "chats.list\0", "chats.List", "r1:call", 7, null, {}, []];
    const outcomes = await Promise.all(odd.map((name) => r1.call(name, {})));
    return outcomes.map((outcome) => (outcome.ok ? "ok" : outcome.error.code));
  }, null);
  expect(new Set(codes)).toEqual(new Set(["input-invalid"]));

  const answered = await inPage(async () => {
    const { r1 } = window as unknown as AnyBridge;
    const flood = Array.from({ length: 5000 }, (_, at) => (at % 2 === 0 ? "engine.state" : "chats.open"));
    const outcomes = await Promise.all(flood.map((name, at) => r1.call(name, { chatId: `${at}` })));
    return outcomes.filter(({ ok }) => ok).length;
  }, null);
  expect(answered).toBe(2500);

  // A frame that the page creates has no bridge.
  const inFrame = await inPage(() => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const has = frame.contentWindow !== null && "r1" in frame.contentWindow;
    frame.remove();
    return has;
  }, null);
  expect(inFrame).toBe(false);

  // Main would not respond to a message from a frame, another window or a page that is gone either.
  const refusals = await inMain(async ({ ipcMain, BrowserWindow }, { call, importFile, attachFiles, attachRun }) => {
    type Handler = (event: unknown, ...given: unknown[]) => Promise<unknown>;
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, Handler> })._invokeHandlers;
    const [answer, open, attach] = [handlers.get(call), handlers.get(importFile), handlers.get(attachFiles)];
    const [own] = BrowserWindow.getAllWindows();
    if (answer === undefined || open === undefined || attach === undefined || own === undefined) {
      throw new Error("There is no door or window.");
    }
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
    for (const [who, event] of Object.entries(events)) {
      outcomes.push([`${who} calls`, await answer(event, "chats.list", {})]);
      outcomes.push([`${who} opens a file`, await open(event, "/etc/passwd")]);
      const files = [{ path: "/etc/passwd", name: "passwd" }];
      outcomes.push([`${who} attaches a file`, await attach(event, files, null)]);
      let isClosed = false;
      const port = { close: () => (isClosed = true), on: () => undefined, start: () => undefined };
      ipcMain.emit(attachRun, { ...event, ports: [port] }, "any run");
      if (!isClosed) outcomes.push([`${who} follows a reply`, "attached"]);
    }
    other.destroy();
    return outcomes;
  }, channels);
  const refused = { ok: false, error: { code: "input-invalid", detail: "foreign-caller" } };
  for (const [who, outcome] of refusals) expect(outcome, who).toMatchObject(refused);

  // The same from real windows with our preload, one of which is destroyed during its call.
  const strangers = await inMain(async ({ app: electron, BrowserWindow }) => {
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
  }, null);
  expect(strangers).toHaveLength(2);
  for (const answer of strangers) expect(answer).toMatchObject(refused);
}
