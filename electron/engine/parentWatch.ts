import { Worker } from "node:worker_threads";

/**
 * Calls `end` when the parent has exited. The `disconnect` event needs a free event loop, so a thread kills this process
 * if it is still there a second later, because its main thread is blocked in native code.
 */
export function watchParent(end: () => void): void {
  process.on("disconnect", end);
  const source = `
    const parent = process.ppid;
    let timesGone = 0;
    setInterval(() => {
      let alive = process.ppid === parent;
      try { process.kill(parent, 0); } catch (error) { alive &&= error.code === "EPERM"; }
      timesGone = alive ? 0 : timesGone + 1;
      if (timesGone === 2) process.kill(process.pid, "SIGKILL");
    }, 1000);`;
  new Worker(source, {
    eval: true,
    stdout: false,
    stderr: false,
    resourceLimits: { maxOldGenerationSizeMb: 8 },
  }).unref();
}
