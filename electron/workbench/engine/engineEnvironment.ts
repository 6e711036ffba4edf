import { largePagesTunable } from "../../contract/engine.ts";
import { childEnvironment } from "../children/childEnvironment.ts";

/**
 * Returns the engine's environment variables: those that every child gets, and what llama.cpp needs. With `largePages`,
 * glibc asks the system for large memory pages (docs/decode-speed.md).
 */
export function engineEnvironment(parent: NodeJS.ProcessEnv, largePages = false): NodeJS.ProcessEnv {
  return {
    ...childEnvironment(parent),
    // Otherwise a failed assertion would start a debugger and hang instead of exiting.
    GGML_NO_BACKTRACE: "1",
    // All decoding then happens on one pool thread, whose OpenMP threads stay ready; see tests/bench/generateSpeed.mjs.
    UV_THREADPOOL_SIZE: "1",
    ...(largePages ? { GLIBC_TUNABLES: largePagesTunable } : {}),
  };
}
