import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import { EngineClient } from "../../../electron/workbench/engine/EngineClient.ts";
import { probeBackends } from "../../../electron/workbench/engine/probeBackends.ts";
import { enginePaths } from "../../support/engine/engineForTests.ts";
import { lavapipe, softwareVulkan } from "../../support/gpu/softwareVulkan.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const name = `@node-llama-cpp/linux-${process.arch}-vulkan`;
const own = fileURLToPath(new URL(`../../../node_modules/${name}`, import.meta.url));

afterEach(() => vi.unstubAllEnvs());

/** CUDA's packages have the same structure as Vulkan's, which can be loaded without a card. */
describe.skipIf(lavapipe === null)("an engine with packages outside the app (needs Mesa's lavapipe)", () => {
  it("loads its backend from there, finds its device, and starts with it", async () => {
    for (const [variable, value] of Object.entries(softwareVulkan(lavapipe ?? ""))) vi.stubEnv(variable, value);
    const folder = await temporaryFolder();
    cpSync(own, join(folder, name), { recursive: true });
    const paths = { ...enginePaths, packagesFor: () => Promise.resolve(folder) };
    const probes = await probeBackends(paths);
    expect(probes.find(({ backend }) => backend === "vulkan")).toMatchObject({ usable: true, software: true });
    const client = new EngineClient({ ...paths, cacheFolder: await temporaryFolder(), backend: "vulkan" });
    try {
      const { pid } = await client.start();
      const mapped = readFileSync(`/proc/${pid}/maps`, "utf8");
      expect(mapped).toContain(join(folder, name, "bins"));
      expect(mapped).not.toContain(join(own, "bins"));
    } finally {
      await client.close();
    }
  }, 240_000);

  it("falls back to the app's packages for those that the folder does not have", async () => {
    const folder = await temporaryFolder();
    const client = new EngineClient({
      ...enginePaths,
      packagesFor: () => Promise.resolve(folder),
      cacheFolder: await temporaryFolder(),
      backend: "cpu",
    });
    const { backend } = await client.start();
    await client.close();
    expect(backend).toBe("cpu");
  });
});
