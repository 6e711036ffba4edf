import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";

const secrets = {
  GITHUB_TOKEN: "canary-7f3a",
  AWS_SECRET_ACCESS_KEY: "canary-7f3a",
  OPENAI_API_KEY: "canary-7f3a",
  HF_TOKEN: "canary-7f3a",
  SOME_SETTING: "canary-7f3a",
};
afterEach(() => {
  for (const name of Object.keys(secrets)) delete process.env[name];
});

test.skipIf(process.platform !== "linux")("the engine that answers knows no secret of its parent", async () => {
  Object.assign(process.env, secrets, { GGML_SCHED_DEBUG: "0" });
  const { workbench } = await openTestWorkbench();
  const state = await workbench.call("engine.start", {});
  if (state.state !== "ready") throw new Error(`the engine is ${state.state}`);
  const environment = readFileSync(`/proc/${state.info.pid}/environ`, "utf8");
  delete process.env["GGML_SCHED_DEBUG"];
  expect(environment).not.toContain("canary-7f3a");
  for (const name of Object.keys(secrets)) expect(environment).not.toContain(name);
  expect(environment).toContain("PATH=");
  expect(environment).toContain("GGML_SCHED_DEBUG=0");
  expect(environment).toContain("GGML_NO_BACKTRACE=1");
});
