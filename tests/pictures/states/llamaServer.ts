import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import type { StartedServer } from "../../../electron/contract/llamaServer.ts";
import { scriptedServerIn, type ServerScript } from "../../support/llamaServer/scriptedServerIn.ts";
import type { PictureState, Stage } from "../PictureState.ts";

const devices = [
  "  CUDA0: NVIDIA GeForce RTX 5090 (32109 MiB, 31588 MiB free)",
  "  RPC0: 192.168.1.20:50052 (24110 MiB, 23800 MiB free)",
];
const section = (page: Page): Locator => page.getByRole("region", { name: "llama-server", exact: true });

/** Shows what is kept: it is read when the tab is opened. Returns how to leave it. */
async function open(stage: Stage, script: ServerScript = {}): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "r1-workbench-pictures-"));
  const { program } = await scriptedServerIn(folder, { devices, ...script });
  const kept = join(stage.home, "llama-server.json");
  const setup = { modelId: "r1-nano", contextSize: 16_384, workers: ["192.168.1.20:50052"] };
  await writeFile(kept, JSON.stringify({ program: { path: program, version: "7154 (80fb11a)" }, setup }), {
    mode: 0o600,
  });
  await stage.goTo("Chat");
  await stage.goTo("Settings");
  await stage.page.getByRole("tab", { name: "Servers" }).click();
  await expect(section(stage.page)).toContainText(program);
  return async () => {
    await stage.tell("llamaServer.changed", { state: "off" });
    await rm(kept, { force: true });
    await rm(folder, { recursive: true, force: true });
  };
}

/** A state that is told, as main would. */
const told = (name: string, server: StartedServer): PictureState => ({
  name: `servers/llama-server-${name}`,
  home: "used",
  show: async (stage) => {
    const leave = await open(stage);
    await stage.tell("llamaServer.changed", server);
    await expect(stage.page.getByRole("button", { name: /^(Start|Stop) llama-server$/ })).toBeEnabled();
    return leave;
  },
  subject: section,
});

/** A server that runs, with its log. */
const started = (name: string, script: ServerScript, says: string): PictureState => ({
  name: `servers/llama-server-${name}`,
  home: "used",
  show: async (stage) => {
    const leave = await open(stage, script);
    const { page } = stage;
    await page.getByRole("button", { name: "Start llama-server" }).click();
    await expect(section(page)).toContainText(says);
    await section(page).getByText("Log", { exact: true }).click();
    await expect(section(page)).toContainText("listening on");
    return async () => {
      await page.getByRole("button", { name: "Stop llama-server" }).click();
      await expect(page.getByRole("button", { name: "Start llama-server" })).toBeVisible();
      await leave();
    };
  },
  subject: section,
});

const log = Array.from(
  { length: 40 },
  (_, index) => `load_tensors: layer ${index} assigned to device CUDA0, is_swa = 0`,
).join("\n");
const problem = {
  code: "llama-server-failed",
  facts: { case: "outOfMemory" },
  detail:
    "ggml_backend_cuda_buffer_type_alloc_buffer: allocating 11264.00 MiB on device 0: cudaMalloc failed: out of memory",
} as const;

export const llamaServerStates: PictureState[] = [
  { name: "servers/llama-server", home: "used", show: (stage) => open(stage), subject: section },
  {
    name: "servers/llama-server-plan",
    home: "used",
    show: async (stage) => {
      const leave = await open(stage);
      await section(stage.page).getByRole("button", { name: "Show placement" }).click();
      await expect(section(stage.page)).toContainText("RTX 5090");
      return leave;
    },
    subject: (page) => page.locator(".llama-server-plan"),
  },
  started("loading", { asksUntilLoaded: Number.MAX_SAFE_INTEGER }, "llama-server is loading the model."),
  started("ready", {}, "llama-server is ready."),
  { ...started("log", { say: log }, "llama-server is ready."), subject: (page) => page.locator(".llama-server-log") },
  told("silent", {
    state: "ready",
    pid: 4711,
    memoryBytes: 394_000_000_000,
    url: "http://127.0.0.1:38121",
    isHealthy: false,
    since: 0,
  }),
  told("waiting", { state: "waiting", restart: 2, problem }),
  told("failed", { state: "failed", problem }),
];
