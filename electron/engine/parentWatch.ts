import { Worker } from "node:worker_threads";

/**
 * Ends this process when its parent has exited, even while the main thread is blocked in native code. The `disconnect`
 * event alone is not enough, because it needs a free event loop.
 */
export function watchParent(): void {
  process.on("disconnect", () => process.exit(0));
  const source = `
    const parent = process.ppid;
    setInterval(() => {
      let alive = process.ppid === parent;
      try { process.kill(parent, 0); } catch (error) { alive &&= error.code === "EPERM"; }
      if (!alive) process.kill(process.pid, "SIGKILL");
    }, 2000);`;
  new Worker(source, {
    eval: true,
    stdout: false,
    stderr: false,
    resourceLimits: { maxOldGenerationSizeMb: 8 },
  }).unref();
}
