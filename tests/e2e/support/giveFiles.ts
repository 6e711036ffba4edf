import { expect, type Page } from "@playwright/test";

/** Gives files to the page as the system does, and drops or pastes them. */
export async function giveFiles(page: Page, kind: "drop" | "paste", paths: string[]): Promise<void> {
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement("input"), { type: "file", id: "given", multiple: true }));
  });
  await page.locator("#given").setInputFiles(paths);
  // What comes before the window takes files would be ignored.
  if (kind === "drop") await expect.poll(() => page.evaluate(isDragTaken)).toBe(true);
  else await expect(page.locator(".composer-field")).toBeVisible();
  await page.evaluate((how) => {
    const input = document.querySelector<HTMLInputElement>("#given");
    const data = new DataTransfer();
    for (const file of input?.files ?? []) data.items.add(file);
    input?.remove();
    if (how === "drop") window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true }));
    else {
      const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector(".composer-field")?.dispatchEvent(paste);
    }
  }, kind);
}

/** Drags a file over the window, in the page. Returns whether it would be taken. */
function isDragTaken(): boolean {
  const dragged = new DataTransfer();
  dragged.items.add(new File([], "a"));
  return !window.dispatchEvent(new DragEvent("dragover", { dataTransfer: dragged, cancelable: true }));
}
