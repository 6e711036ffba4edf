/** In milliseconds. The workbench waits a little longer before it kills the engine (`closeLimitMs` in EngineClient). */
const limitMs = 800;

/**
 * Returns a function that ends this process with an exit code, once `release` has freed what native code holds: Metal
 * asserts at exit that nothing is left. Whatever hangs, the process is gone after 0.8 s.
 */
export function endInOrder(release: () => Promise<void>): (exitCode: number) => void {
  let isEnding = false;
  return (exitCode) => {
    if (isEnding) return;
    isEnding = true;
    // `process.exit` would wait for native code that hangs.
    setTimeout(() => process.kill(process.pid, "SIGKILL"), limitMs);
    const exit = (): void => process.exit(exitCode);
    release().then(exit, exit);
  };
}
