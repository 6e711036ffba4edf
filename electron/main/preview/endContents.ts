import type { WebContents } from "electron";

/** Ends a page and its process, whatever it does. */
export function endContents(contents: WebContents): void {
  if (contents.isDestroyed()) return;
  // A page in an endless loop would not end by itself.
  contents.forcefullyCrashRenderer();
  contents.close();
}

/** Ends the process of a page that has closed itself. What it sent last could keep it for half a minute. */
export function endProcess(pid: number): void {
  try {
    if (pid > 0) process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
