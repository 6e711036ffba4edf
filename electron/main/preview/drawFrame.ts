import type { WebContents } from "electron";

/** A page that cannot be seen draws nothing, so that one is not waited for. */
const frame = `new Promise((resolve) => {
  const drawn = () => {
    document.removeEventListener("visibilitychange", drawn);
    resolve(0);
  };
  if (document.hidden) resolve(0);
  else {
    document.addEventListener("visibilitychange", drawn);
    requestAnimationFrame(drawn);
  }
})`;

/** Resolves when the page of a window has drawn once more, or need not. */
export async function drawFrame(window: WebContents): Promise<void> {
  try {
    await window.mainFrame.executeJavaScript(frame);
  } catch {
    // It is being loaded or has crashed.
  }
}
