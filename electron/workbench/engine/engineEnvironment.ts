import { childEnvironment } from "../children/childEnvironment.ts";

/** Returns the engine's environment variables: those that every child gets, and what llama.cpp needs. */
export function engineEnvironment(parent: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...childEnvironment(parent),
    // A failed assert would fork a debugger and hang instead of ending.
    GGML_NO_BACKTRACE: "1",
    // All decoding then happens on one pool thread, whose worker team stays warm; see tests/bench/generateSpeed.mjs.
    UV_THREADPOOL_SIZE: "1",
  };
}
