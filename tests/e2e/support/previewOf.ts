import { expect } from "@playwright/test";
import type { Bridge } from "../../../electron/contract/bridge.ts";
import type { PreviewEntry, PreviewPage, PreviewState } from "../../../electron/contract/preview.ts";
import { inMain } from "../../support/inMain.mjs";
import type { RunningApp } from "./launchApp.ts";

interface Seen {
  states: PreviewState[];
  entries: PreviewEntry[];
  dropped: number;
}
type Page = { r1: Bridge; seen: Seen | undefined };

/** A page that answers at all does so sooner, also on a busy machine. */
const answerMs = 10_000;

/** Has the window's page keep what it is told of previewed pages, from now on. */
async function listen({ page }: RunningApp): Promise<void> {
  await page.evaluate(() => {
    const window = globalThis as unknown as Page;
    const isHeard = window.seen !== undefined;
    window.seen = { states: [], entries: [], dropped: 0 };
    if (isHeard) return;
    window.r1.onEvent((name, data) => {
      const { seen } = window;
      if (seen === undefined) return;
      if (name === "preview.changed") seen.states.push(data as PreviewState);
      if (name !== "preview.logged") return;
      const { entries, dropped } = data as { entries: PreviewEntry[]; dropped: number };
      seen.entries.push(...entries);
      seen.dropped += dropped;
    });
  });
}

/** The page that is shown beside a window's chat, by the calls that the window makes. */
export async function previewOf(app: RunningApp) {
  const { page, electron } = app;
  await listen(app);
  const seen = (): Promise<Seen> => page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen);
  const call = (name: string, input: object = {}): Promise<unknown> =>
    page.evaluate(
      async ([asked, given]) => {
        const outcome = await (globalThis as unknown as Page).r1.call(asked as "preview.show", given as never);
        if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
        return outcome.value;
      },
      [name, input] as const,
    );
  return {
    call,
    seen,
    listen: () => listen(app),
    /** Shows a page at a place of the window. */
    show: async (shown: PreviewPage | string, isPartial = false): Promise<void> => {
      const asPage = typeof shown === "string" ? htmlPage(shown) : shown;
      await call("preview.show", { ...asPage, isPartial });
      await call("preview.place", { bounds: { x: 400, y: 100, width: 320, height: 240 } });
    },
    state: async (): Promise<string | undefined> => (await seen()).states.at(-1)?.state,
    expectState: async (state: PreviewState["state"], timeout = 30_000): Promise<void> => {
      await expect.poll(async () => (await seen()).states.at(-1)?.state, { timeout }).toBe(state);
    },
    lines: async (): Promise<string[]> => (await seen()).entries.map(({ level, text }) => `${level}: ${text}`),
    expectLine: async (line: string | RegExp, timeout = 30_000, message = String(line)): Promise<void> => {
      const lines = async (): Promise<string> =>
        (await seen()).entries.map(({ level, text }) => `${level}: ${text}`).join("\n");
      const polled = expect.poll(lines, { timeout, message });
      await (typeof line === "string" ? polled.toContain(line) : polled.toMatch(line));
    },
    /**
     * Evaluates a script in the previewed page. A page that is being loaded may fail to answer, or never do: then
     * resolves with words about that, so that whoever polls asks again.
     */
    inPage: async (code: string): Promise<unknown> => {
      const answered = inMain(
        electron,
        ({ webContents }, script) => {
          const contents = webContents
            .getAllWebContents()
            .find((each) => each.getURL().startsWith("workbench-preview:"));
          const frame = contents?.mainFrame;
          // A script that runs before the document is there may leave it empty.
          return frame?.url.startsWith("workbench-preview:") === true ? frame.executeJavaScript(script) : undefined;
        },
        code,
      ).catch((error: unknown) => `no answer: ${String(error)}`);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<string>((resolve) => {
        timer = setTimeout(resolve, answerMs, "no answer for long");
      });
      return await Promise.race([answered, late]).finally(() => clearTimeout(timer));
    },
    /** Clicks in the previewed page, as a user does, at CSS pixels of it. */
    click: (x: number, y: number): Promise<void> =>
      inMain(
        electron,
        ({ webContents }, [left, top]) => {
          const contents = webContents
            .getAllWebContents()
            .find((each) => each.getURL().startsWith("workbench-preview:"));
          const at = { x: left, y: top, button: "left", clickCount: 1 } as const;
          contents?.sendInputEvent({ type: "mouseMove", ...at });
          contents?.sendInputEvent({ type: "mouseDown", ...at });
          contents?.sendInputEvent({ type: "mouseUp", ...at });
        },
        [Math.round(x), Math.round(y)] as const,
      ),
    /** Which of the two has the keyboard. */
    hasFocus: (): Promise<{ window: boolean; page: boolean }> =>
      inMain(electron, ({ BrowserWindow, webContents }) => {
        const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith("workbench-preview:"));
        const window = BrowserWindow.getAllWindows()[0]?.webContents;
        return { window: window?.isFocused() === true, page: contents?.isFocused() === true };
      }),
    /** How many views with previewed pages there are in the app. */
    views: (): Promise<number> =>
      inMain(
        electron,
        ({ webContents }) =>
          webContents.getAllWebContents().filter((each) => each.getURL().startsWith("workbench-preview:")).length,
      ),
  };
}

export function htmlPage(...texts: [string, ...[name: string, text: string][]]): PreviewPage {
  const [html, ...others] = texts;
  return {
    kind: "html",
    files: [{ name: "index.html", text: html }, ...others.map(([name, text]) => ({ name, text }))],
  };
}
