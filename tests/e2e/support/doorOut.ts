import { expect } from "@playwright/test";
import { inMain } from "../../support/inMain.mjs";
import type { RunningApp } from "./launchApp.ts";
import type { Sink } from "./Sink.ts";

/** What would leave the app while a test watches. */
export interface DoorOut {
  /** The addresses that would have been opened in the browser. */
  opened(): Promise<string[]>;
  /** The questions that were asked. */
  asked(): Promise<string[]>;
}

/** From now on, records what the app would open outside, and agrees to every question. */
export async function watchDoorOut({ electron }: Pick<RunningApp, "electron">): Promise<DoorOut> {
  await inMain(electron, ({ dialog, shell }) => {
    const opened: string[] = [];
    const asked: string[] = [];
    Object.assign(globalThis, { opened, asked });
    shell.openExternal = (url) => Promise.resolve(void opened.push(url));
    dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
      asked.push(message);
      return Promise.resolve({ response: 0, checkboxChecked: false });
    }) as never;
  });
  const noted = (name: "opened" | "asked"): Promise<string[]> =>
    inMain(electron, (_, list) => (globalThis as unknown as Record<string, string[]>)[list] ?? [], name);
  return { opened: () => noted("opened"), asked: () => noted("asked") };
}

/** Returns the addresses of the app's windows, without what follows the #. */
export function windowAddresses({ electron }: Pick<RunningApp, "electron">): Promise<string[]> {
  return inMain(electron, ({ webContents }) =>
    webContents
      .getAllWebContents()
      .filter((contents) => contents.getType() === "window")
      .map((contents) => contents.getURL().replace(/#.*/, "")),
  );
}

/** Expects that the only window still shows the app's own page and that nothing has reached the sink. */
export async function expectStillHere(app: RunningApp, sink: Sink, after: string): Promise<void> {
  expect(await windowAddresses(app), after).toEqual(["workbench://app/index.html"]);
  expect(await app.page.evaluate(() => location.origin), after).toBe("workbench://app");
  expect(sink.arrived, after).toEqual([]);
}
