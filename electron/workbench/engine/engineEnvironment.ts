/** Settings of the surrounding process that would change how a plain Node runs, and secrets it has no use for. */
const dropped = /^(NODE_|ELECTRON_|npm_|HF_TOKEN$|CHROME_)/i;

/** The engine's environment: the parent's, without what would bend it, with what llama.cpp needs. */
export function engineEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(parent).filter(([name]) => !dropped.test(name));
  return {
    ...Object.fromEntries(kept),
    // A failed assert would fork a debugger and hang instead of ending.
    GGML_NO_BACKTRACE: "1",
    // All decoding then happens on one pool thread, whose worker team stays warm; see tests/bench/generateSpeed.mjs.
    UV_THREADPOOL_SIZE: "1",
  };
}
