import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

afterEach(() => vi.unstubAllEnvs());

/** Makes a Vulkan driver that runs `body` when the loader first calls it. Null if there is no compiler. */
async function brokenDriver(body: string): Promise<string | null> {
  const folder = await temporaryFolder();
  const library = join(folder, "driver.so");
  writeFileSync(
    join(folder, "driver.c"),
    `#include <stdlib.h>\nvoid vk_icdGetInstanceProcAddr(void) { ${body} }
int vk_icdNegotiateLoaderICDInterfaceVersion(unsigned *version) { ${body} return 0; }\n`,
  );
  try {
    execFileSync("gcc", ["-shared", "-fPIC", "-o", library, join(folder, "driver.c")], { stdio: "ignore" });
  } catch {
    return null;
  }
  const file = join(folder, "driver.json");
  writeFileSync(
    file,
    JSON.stringify({ file_format_version: "1.0.0", ICD: { library_path: library, api_version: "1.3.0" } }),
  );
  return file;
}

it("a driver that crashes while it is tried is named, and replies run on the processor", async ({ skip }) => {
  if (process.platform !== "linux") return skip("a stand-in driver is made for Linux only");
  const driver = await brokenDriver("abort();");
  if (driver === null) return skip("needs gcc, to make a driver that crashes");
  vi.stubEnv("VK_DRIVER_FILES", driver);
  const { workbench } = await openTestWorkbench();
  const state = await workbench.call("engine.start", {});
  if (!("info" in state)) throw new Error(state.state);
  const probe = state.info.probes.find(({ backend }) => backend === "vulkan");
  if (probe?.reason.code === "noDriver") return skip("needs the Vulkan loader: on Debian, libvulkan1");
  expect(probe).toMatchObject({ usable: false, reason: { code: "endedBySignal", facts: { signal: "SIGABRT" } } });
  const { backends } = await workbench.call("hardware.profile", {});
  expect(backends.find(({ name }) => name === "vulkan")).toMatchObject({ usable: false, advice: "updateDriver" });
  const { id: chatId } = await workbench.call("chats.create", {});
  const { runId } = await workbench.call("chats.send", { chatId, text: "What is 17 + 25?" });
  const frames = await followRun(workbench, runId);
  expect(frames.at(-1)).toMatchObject({ kind: "ended", message: { state: "done" } });
  expect(await workbench.call("engine.state", {})).toMatchObject({ info: { backend: "cpu" } });
}, 120_000);
