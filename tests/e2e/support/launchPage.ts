import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { type Outcome, toProblem, WorkbenchError } from "../../../electron/contract/errors.ts";
import type { Events } from "../../../electron/contract/events.ts";
import { pageFiles } from "../../../electron/main/pageFiles.ts";
import { appPaths } from "../../../electron/workbench/appPaths.ts";
import { openWorkbench, type Workbench } from "../../../electron/workbench/workbench.ts";
import { attachFailure } from "./attachFailure.ts";
import { keepBackends, newHome } from "./newHome.ts";
import type { PageOptions, RunningPage } from "./RunningPage.ts";
import { withoutEstimate } from "./withoutEstimate.ts";
import { writingEngine } from "./writeReplies.ts";

/** A secure origin that belongs to nobody. A page has the same rights on it as on the app's own. */
const origin = "https://app.invalid";
const paths = appPaths(fileURLToPath(new URL("../../../out/cli", import.meta.url)));

/** The part of the bridge that runs in the page. */
interface PageSide {
  r1: object;
  callWorkbench(name: string, input: unknown): Promise<unknown>;
  attachTo(id: number, runId: string): Promise<void>;
  detachFrom(id: number): Promise<void>;
  hearEvent(name: string, data: unknown): void;
  hearFrame(id: number, frame: unknown): void;
}

/**
 * Opens the built page, with the app's own policy, in the Chromium named by R1_TEST_CHROMIUM. Behind it is the whole
 * workbench in this process, with its store, engine and downloads; what needs Electron is missing.
 */
export async function launchPage(options: PageOptions = {}): Promise<RunningPage> {
  const executablePath = process.env["R1_TEST_CHROMIUM"];
  if (executablePath === undefined) throw new Error("Run these tests with: npm test -- --only e2e");
  const home = options.home ?? (await newHome());
  if (options.estimates !== true) withoutEstimate(home);
  if (options.writes === true) replaceEngine(home);
  const browser = await chromium.launch({ executablePath, args: ["--host-resolver-rules=MAP * ~NOTFOUND"] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  let log = "";
  page.on("console", (message) => (log += `[page ${message.type()}] ${message.text()}\n`));
  page.on("pageerror", (error) => (log += `[page error] ${error.stack ?? error.message}\n`));

  const tell: RunningPage["tell"] = async (name, data) => {
    await page.evaluate(([event, value]) => (window as unknown as PageSide).hearEvent(event, value), [
      name,
      data,
    ] as const);
  };
  const workbench = await openWorkbench({
    ...paths,
    home,
    isApp: true,
    // A page that is being closed receives no more events.
    onEvent: (name, data) => void tell(name, data as Events[typeof name]).catch(() => undefined),
  });
  const tried = await serve(context, page);
  await connect(context, page, workbench);
  await page.goto(`${origin}/index.html`);

  let hasEnded = false;
  const quit = async (): Promise<void> => {
    if (hasEnded) return;
    hasEnded = true;
    await browser.close();
    await workbench.close();
    keepBackends(home);
  };
  const failure = (): Promise<void> => attachFailure(hasEnded ? null : page, log);
  return {
    page,
    home,
    origin,
    tell,
    watch: () => Promise.resolve(() => Promise.resolve(tried)),
    quit,
    attachFailure: failure,
    close: async () => {
      await failure();
      await quit();
      await rm(home, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** Does what `electron -r replaceEngine.cjs` does in the app. */
function replaceEngine(home: string): void {
  const { preload, env } = writingEngine(home);
  Object.assign(process.env, env);
  createRequire(import.meta.url)(preload);
}

/** Serves the built files, and records all other requests and navigations. */
async function serve(context: BrowserContext, page: Page): Promise<string[]> {
  const tried: string[] = [];
  const find = pageFiles(paths.renderer);
  await context.route("**", async (route) => {
    const url = new URL(route.request().url());
    const file = url.origin === origin ? await find(url.pathname) : null;
    if (file === null) {
      tried.push(url.href);
      await route.abort();
    } else await route.fulfill({ body: Buffer.from(file.body), headers: file.headers });
  });
  context.on("page", () => tried.push("a window"));
  page.on("framenavigated", (frame) => {
    if (new URL(frame.url()).origin !== origin) tried.push(`navigated to ${frame.url()}`);
  });
  return tried;
}

/** Provides `window.r1` as the preload does. */
async function connect(context: BrowserContext, page: Page, workbench: Workbench): Promise<void> {
  const attached = new Map<number, () => void>();
  await context.exposeFunction("callWorkbench", async (name: string, input: unknown): Promise<Outcome<unknown>> => {
    try {
      return { ok: true, value: await answer(workbench, name, input) };
    } catch (error) {
      return { ok: false, error: toProblem(error) };
    }
  });
  await context.exposeFunction("attachTo", (id: number, runId: string) => {
    const hear = (frame: unknown): void => {
      const told = page.evaluate(([to, what]) => (window as unknown as PageSide).hearFrame(to, what), [
        id,
        frame,
      ] as const);
      told.catch(() => undefined);
    };
    attached.set(id, workbench.attachRun(runId, hear));
  });
  await context.exposeFunction("detachFrom", (id: number) => attached.get(id)?.());
  await context.addInitScript(() => {
    const side = window as unknown as PageSide;
    const listeners = new Set<(name: string, data: unknown) => void>();
    const runs = new Map<number, (frame: unknown) => void>();
    let nextRun = 0;
    side.hearEvent = (name, data) => listeners.forEach((listener) => listener(name, data));
    side.hearFrame = (id, frame) => runs.get(id)?.(frame);
    side.r1 = {
      call: (name: string, input: unknown) => side.callWorkbench(name, input),
      onEvent: (listener: (name: string, data: unknown) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      attachRun: (runId: string, listener: (frame: unknown) => void) => {
        const id = nextRun++;
        runs.set(id, listener);
        void side.attachTo(id, runId);
        return () => {
          runs.delete(id);
          void side.detachFrom(id);
        };
      },
      attachFiles: () => Promise.resolve({ ok: false, error: { code: "document-unreadable" } }),
      importFile: () => Promise.resolve({ ok: false, error: { code: "model-file-missing" } }),
    };
  });
}

/** Calls that need the desktop have none here. */
async function answer(workbench: Workbench, name: string, input: unknown): Promise<unknown> {
  if (name === "shell.processorTime" || name === "shell.logFault") return null;
  if (name === "shell.info") {
    return { version: "0.0.0", electronVersion: "none", chromiumVersion: "", platform: "a test", home: "" };
  }
  if (name.startsWith("shell.")) throw new WorkbenchError("internal", undefined, "There is no desktop here.");
  return await workbench.call(name as never, input as never);
}
