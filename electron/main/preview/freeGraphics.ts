import { type ProcessMetric, session as sessions, type WebContents, WebContentsView } from "electron";
import { drawFrame } from "./drawFrame.ts";
import { endContents } from "./endContents.ts";
import { graphicsProcess, processorMsOf } from "./graphicsProcess.ts";
import { isStuck } from "./isStuck.ts";
import { untrustedPreferences } from "./untrustedPreferences.ts";

const everyMs = 500;
/** Reading a pixel back waits until the graphics process is done with what other pages had it draw. */
const question = `{
  const gl = document.createElement("canvas").getContext("webgl");
  gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  0;
}`;

/** Views in no window, which would be collected as garbage while they are asked. */
const open = new Set<WebContentsView>();

/**
 * Has Chromium replace the graphics process, which draws for the whole app, if it is stuck in what a page that has
 * ended had it draw.
 * @param window What showed the page, if anything did.
 */
export async function freeGraphics(window: WebContents | null): Promise<void> {
  const graphics = graphicsProcess();
  if (graphics === null || open.size > 0) return;
  try {
    if (await isGraphicsStuck(graphics, window)) process.kill(graphics.pid, "SIGKILL");
  } catch {
    // It has ended meanwhile, or the app is closing.
  }
}

async function isGraphicsStuck(before: ProcessMetric, window: WebContents | null): Promise<boolean> {
  const session = sessions.fromPartition("preview-graphics", { cache: false });
  const view = new WebContentsView({ webPreferences: untrustedPreferences(session) });
  const { webContents: contents } = view;
  open.add(view);
  let timer: NodeJS.Timeout | undefined;
  try {
    const askedAtMs = performance.now();
    // Windows are put together by another thread of that process than the one that answers the question.
    const answered = Promise.all([
      contents.loadURL("about:blank").then(() => contents.executeJavaScript(question)),
      window === null || window.isDestroyed() ? null : drawFrame(window),
    ]).then(() => false);
    const stuck = new Promise<boolean>((resolve) => {
      timer = setInterval(() => {
        const now = graphicsProcess();
        if (now?.pid !== before.pid) resolve(false);
        else if (isStuck(performance.now() - askedAtMs, processorMsOf(now) - processorMsOf(before))) resolve(true);
      }, everyMs);
    });
    return await Promise.race([answered, stuck]);
  } finally {
    clearInterval(timer);
    endContents(contents);
    open.delete(view);
  }
}
