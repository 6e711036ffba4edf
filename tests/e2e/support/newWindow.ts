import { expect, type ElectronApplication, type Page } from "@playwright/test";

/**
 * Does something that opens a window, and returns its page. Compares the windows before and after, because an event may
 * already have been sent when a busy test begins to wait for it.
 */
export async function newWindow(electron: ElectronApplication, open: () => Promise<unknown>): Promise<Page> {
  const before = new Set(electron.windows());
  await open();
  return await anotherWindow(electron, before);
}

/** Waits until there is a window that is not one of these, and returns its page. */
export async function anotherWindow(electron: ElectronApplication, known: ReadonlySet<Page>): Promise<Page> {
  const found = (): Page | undefined => electron.windows().find((page) => !known.has(page));
  await expect.poll(() => found() !== undefined, { message: "there is another window" }).toBe(true);
  const page = found();
  if (page === undefined) throw new Error("The window was closed again.");
  return page;
}
