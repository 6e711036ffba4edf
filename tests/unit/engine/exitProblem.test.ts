import { expect, test } from "vitest";
import { exitProblem } from "../../../electron/workbench/engine/exitProblem.ts";

test("keys and values that are too large for the graphics driver count as too little memory", () => {
  const lastWords =
    "ggml-backend.cpp:941: pre-allocated tensor (cache_k_l0) in a buffer (Vulkan0) that cannot run the operation (NONE)";
  const exit = { code: null, signal: "SIGABRT", lastWords, residentBytes: 300e6, wasReady: true } as const;
  expect(exitProblem(exit)).toMatchObject({ code: "engine-out-of-memory" });
  expect(exitProblem({ ...exit, lastWords: "" })).toMatchObject({ code: "engine-down" });
});
