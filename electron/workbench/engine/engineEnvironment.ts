/** Settings of the surrounding process that would change how a plain Node runs, and secrets it has no use for. */
const dropped = /^(NODE_|ELECTRON_|npm_|HF_TOKEN$|CHROME_)/i;

/** The engine's environment: the parent's, without what would bend it, with what llama.cpp needs. */
export function engineEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(parent).filter(([name]) => !dropped.test(name));
  return {
    ...Object.fromEntries(kept),
    // A failed assert would fork a debugger and hang instead of ending.
    GGML_NO_BACKTRACE: "1",
    // All decoding stays on one pool thread, so its OpenMP team stays warm; figures in docs/decisions.
    UV_THREADPOOL_SIZE: "1",
  };
}
