import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { EngineClient } from "../../../electron/workbench/engine/EngineClient.ts";
import { createSpeedTrials } from "../../../electron/workbench/fit/speedTrials.ts";
import { createTrialsStore } from "../../../electron/workbench/fit/trialsStore.ts";
import { enginePaths } from "../../support/engine/engineForTests.ts";
import { openHandledEngines } from "../../support/engine/openReplyEngines.ts";
import { HandledEngine } from "../../support/engine/HandledEngine.ts";
import { lavapipe, softwareVulkan } from "../../support/gpu/softwareVulkan.ts";
import { followRun, openTestWorkbench } from "../../support/openTestWorkbench.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

describe.skipIf(lavapipe === null)(
  "Vulkan in software (needs Mesa's lavapipe: on Debian and Ubuntu, mesa-vulkan-drivers)",
  () => {
    beforeAll(() => {
      for (const [name, value] of Object.entries(softwareVulkan(lavapipe ?? ""))) vi.stubEnv(name, value);
    });
    afterAll(() => vi.unstubAllEnvs());

    it("is found, is no default, and answers once it is chosen", async () => {
      const { workbench } = await openTestWorkbench();
      const engine = async () => {
        const state = await workbench.call("engine.start", {});
        return "info" in state ? state.info : null;
      };
      const info = await engine();
      expect(info?.probes.find(({ backend }) => backend === "vulkan")).toMatchObject({ usable: true, software: true });
      expect(info?.backend).toBe("cpu");
      const compared = async () => await workbench.call("fit.backends", {});
      expect(await compared()).toMatchObject({
        setting: null,
        choice: { backend: "cpu", why: "software" },
        backends: [{ backend: "cpu" }, { backend: "vulkan", software: true, measured: { code: "none" }, speed: null }],
      });
      const { id: chatId } = await workbench.call("chats.create", {});
      const reply = async (): Promise<string | undefined> => {
        const { runId } = await workbench.call("chats.send", { chatId, text: "What is 17 + 25?" });
        const frames = await followRun(workbench, runId);
        expect(frames.at(-1)).toMatchObject({ kind: "ended", message: { state: "done" } });
        return (await engine())?.backend;
      };
      await workbench.call("settings.change", { backend: "vulkan" });
      expect(await compared()).toMatchObject({ choice: { backend: "vulkan", why: "chosen" } });
      expect(await reply()).toBe("vulkan");
      const loaded = await workbench.call("models.loaded", {});
      expect(loaded).toMatchObject({ state: "ready", facts: { gpuLayers: expect.any(Number) } });
      if (loaded.state === "ready") expect(loaded.facts.gpuLayers).toBeGreaterThan(0);
      await workbench.call("settings.change", { backend: null });
      expect(await reply()).toBe("cpu");
      // Its driver compiles its programs at the first reply.
    }, 240_000);

    it("is measured in a process of its own, within the time that it is given", async () => {
      const home = await temporaryFolder();
      const probing = new EngineClient({ ...enginePaths, cacheFolder: home });
      const info = await probing.start();
      await probing.close();
      const { api } = await openHandledEngines(home, {}, new HandledEngine(info));
      const opened: string[] = [];
      const limitMs = 12_000;
      const trials = createSpeedTrials({
        engines: api,
        openEngine: (backend) => {
          opened.push(backend);
          return new EngineClient({ ...enginePaths, cacheFolder: home, backend });
        },
        cores: () => Promise.resolve(2),
        store: createTrialsStore(home),
        folder: home,
        lastLevelCacheBytes: () => Promise.resolve(null),
        driverMark: () => Promise.resolve(""),
        onChange: () => undefined,
        limitMs,
      });
      const startedAt = performance.now();
      expect(await trials.measure(true)).toMatchObject({ state: "ready" });
      // What still runs at the end is cut short, and an engine that does not stop is terminated.
      expect(performance.now() - startedAt).toBeLessThan(limitMs + 10_000);
      expect(opened).toEqual(["vulkan", "cpu"]);
      const kept = (await trials.known("now"))?.kept;
      // A loaded machine may complete nothing on it, which is a result too.
      expect(kept?.cards).toEqual([
        expect.objectContaining({ backend: "vulkan", failure: kept?.cards[0]?.costs ? null : expect.anything() }),
      ]);
    }, 60_000);
  },
);
