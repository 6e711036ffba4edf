import type { Page } from "@playwright/test";

/** Gives files to the page as the system does, and drops or pastes them. */
export async function giveFiles(page: Page, kind: "drop" | "paste", paths: string[]): Promise<void> {
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement("input"), { type: "file", id: "given", multiple: true }));
  });
  await page.locator("#given").setInputFiles(paths);
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
