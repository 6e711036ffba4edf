import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { childEnvironment } from "../../../electron/workbench/children/childEnvironment.ts";
import { engineEnvironment } from "../../../electron/workbench/engine/engineEnvironment.ts";
import { inspectModelFile } from "../../../electron/workbench/engine/inspectModelFile.ts";
import { probeBackends } from "../../../electron/workbench/engine/probeBackends.ts";
import { runTool } from "../../../electron/workbench/hardware/runTool.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const secrets = {
  GITHUB_TOKEN: "canary",
  AWS_SECRET_ACCESS_KEY: "canary",
  OPENAI_API_KEY: "canary",
  HF_TOKEN: "canary",
  NPM_TOKEN: "canary",
  DATABASE_URL: "canary",
  SSH_AUTH_SOCK: "canary",
  R1_API_KEY: "canary",
  HTTPS_PROXY: "http://user:canary@proxy",
  CUDA_AUTH_TOKEN: "canary",
  NVIDIA_API_KEY: "canary",
  AMD_ACCESS_KEY: "canary",
  NODE_OPTIONS: "--no-deprecation",
  ELECTRON_RUN_AS_NODE: "1",
  LD_PRELOAD: "",
  MY_OWN: "canary",
};
const needed = {
  PATH: "/usr/bin",
  HOME: "/home/me",
  TMPDIR: "/tmp/mine",
  LD_LIBRARY_PATH: "/opt/cuda/lib64",
  LANG: "de_DE.UTF-8",
  LC_ALL: "C",
  XDG_CACHE_HOME: "/home/me/.cache",
  XDG_DATA_DIRS: "/usr/share",
  GGML_VK_VISIBLE_DEVICES: "1",
  GGML_CUDA_ENABLE_UNIFIED_MEMORY: "1",
  LLAMA_TRACE: "0",
  OMP_NUM_THREADS: "2",
  VK_DRIVER_FILES: "/usr/share/vulkan/icd.d/radeon_icd.x86_64.json",
  VK_ICD_FILENAMES: "/x.json",
  MESA_VK_DEVICE_SELECT: "1002:73bf",
  CUDA_VISIBLE_DEVICES: "0",
  NVIDIA_VISIBLE_DEVICES: "all",
  __NV_PRIME_RENDER_OFFLOAD: "1",
  HIP_VISIBLE_DEVICES: "0",
  HSA_OVERRIDE_GFX_VERSION: "10.3.0",
  ROCR_VISIBLE_DEVICES: "0",
  MTL_HUD_ENABLED: "0",
  SystemRoot: "C:\\Windows",
  Path: "C:\\Windows\\System32",
  "ProgramFiles(x86)": "C:\\Program Files (x86)",
};

afterEach(() => {
  for (const name of Object.keys(secrets)) delete process.env[name];
});

test("a child gets what the loader, the drivers and llama.cpp read, and nothing else", () => {
  expect(childEnvironment({ ...secrets, ...needed })).toEqual(needed);
  const own = { GGML_NO_BACKTRACE: "1", UV_THREADPOOL_SIZE: "1" };
  expect(engineEnvironment({ ...secrets, ...needed })).toEqual({ ...needed, ...own });
});

test.skipIf(process.platform === "win32")("no short-lived child gets a secret either", async () => {
  Object.assign(process.env, secrets);
  const folder = await temporaryFolder();
  const entry = join(folder, "entry.mjs");
  await writeFile(
    entry,
    `const at = process.argv.indexOf("--probe");
    const names = Object.keys(process.env);
    if (at === -1) console.log(JSON.stringify({ facts: names }));
    else console.log(JSON.stringify({ backend: process.argv[at + 1], usable: true, reason: { code: "found" }, devices: names, software: false, memory: null }));`,
  );
  const paths = { nodePath: process.execPath, entry };
  const inspected = (await inspectModelFile(paths, "x.gguf")) as unknown as string[];
  const probes = await probeBackends(paths);
  const tool = (await runTool("env", [])) ?? "";
  expect(inspected).toContain("PATH");
  expect(probes.some(({ devices }) => devices.includes("PATH"))).toBe(process.platform !== "darwin");
  expect(tool).toContain("PATH=");
  for (const name of Object.keys(secrets)) {
    expect(inspected).not.toContain(name);
    for (const { devices } of probes) expect(devices).not.toContain(name);
    expect(tool).not.toMatch(new RegExp(`^${name}=`, "m"));
  }
});
