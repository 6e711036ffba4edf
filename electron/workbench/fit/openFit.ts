import { cpus } from "node:os";
import type { EventListener } from "../../contract/events.ts";
import type { fitCalls } from "../../contract/fit.ts";
import { readCatalogFile } from "../catalog/catalogFile.ts";
import type { RunningCapability } from "../Capability.ts";
import { EngineClient } from "../engine/EngineClient.ts";
import type { EnginePaths } from "../engine/EnginePaths.ts";
import { systemClock } from "../idleTimer.ts";
import { type ModelUse, speedsByBackend } from "../engines/modelUse.ts";
import type { Engines } from "../engines/openEngines.ts";
import { driverMark } from "../hardware/driverMark.ts";
import { engineCores } from "../hardware/engineCores.ts";
import { otherLoadCores } from "../hardware/otherLoad.ts";
import { readPower } from "../hardware/readPower.ts";
import { readSystemFacts } from "../hardware/readSystemFacts.ts";
import { availableMemory } from "../models/availableMemory.ts";
import { keptEntry } from "../models/keptEntry.ts";
import { usableMemory } from "../models/usableMemory.ts";
import type { SettingsStore } from "../settings/settingsStore.ts";
import { createFit, type FitOptions, type FitOwner } from "./createFit.ts";
import { createIdleEstimate } from "./createIdleEstimate.ts";
import { removeTrialFiles } from "./removeTrialFiles.ts";
import { createSpeedTrials } from "./speedTrials.ts";
import { createTrialsStore } from "./trialsStore.ts";

export interface OpenFitOptions extends Pick<FitOptions, "library" | "choices" | "history"> {
  home: string;
  appVersion: string;
  use: Pick<ModelUse, "read">;
  engines: Engines;
  settings: Pick<SettingsStore, "get">;
  enginePaths: EnginePaths;
  catalogFile: string;
  onEvent: EventListener;
  onLog: (level: "warn" | "error", text: string) => void;
}

/** How long the load of other programs is watched, in milliseconds. */
const watchMs = 400;

/** Opens the prediction of memory fit and speed. */
export function openFit(
  options: OpenFitOptions,
): RunningCapability<typeof fitCalls, Pick<FitOwner, "predictor" | "backendFor" | "placed" | "changed">> {
  const { home, appVersion, use, engines, settings, enginePaths, catalogFile, onEvent, onLog, ...data } = options;
  void removeTrialFiles(home);
  const trials = createSpeedTrials({
    engines,
    openEngine: (backend) => new EngineClient({ ...enginePaths, cacheFolder: home, backend, onLog }),
    cores: () => engineCores(engines),
    store: createTrialsStore(home, appVersion),
    driverMark,
    folder: home,
    lastLevelCacheBytes: async () => (await readSystemFacts()).lastLevelCacheBytes,
    onChange: (state) => onEvent("fit.changed", idle.describe(state)),
  });
  const idle = createIdleEstimate({
    trials,
    engines,
    isAllowed: () => settings.get().estimateSpeed,
    otherCores: () => otherLoadCores(watchMs),
    logicalCores: cpus().length,
    power: readPower,
    onChange: () => void trials.state().then((state) => onEvent("fit.changed", idle.describe(state))),
    clock: systemClock,
  });
  const fit = createFit({
    ...data,
    trials,
    catalog: () => readCatalogFile(catalogFile),
    setting: () => settings.get().backend,
    contextSize: () => settings.get().contextSize,
    heldBy(modelId) {
      const { loaded, state } = engines;
      const isHeld = loaded.state === "ready" && loaded.modelId === modelId && "info" in state;
      return isHeld ? state.info.backend : null;
    },
    async replySpeeds(models) {
      const records = await use.read();
      return models.flatMap((model) => {
        // Without a speed there, the record is of another file.
        const record = model.measuredTokensPerSecond === null ? undefined : keptEntry(records, model);
        return record === undefined ? [] : speedsByBackend(record).map((speed) => ({ ...speed, modelId: model.id }));
      });
    },
    usableBytes: async () => usableMemory((await availableMemory()).totalBytes),
  });
  return {
    api: fit,
    close() {
      idle.close();
      return trials.close();
    },
    handlers: {
      "fit.of": ({ subject, contextSize, depth }) => fit.of(subject, { contextSize, depth }),
      "fit.list": ({ subjects, contextSize }) => fit.list(subjects, contextSize),
      "fit.trials": async () => idle.describe(await trials.state()),
      "fit.estimateWhenIdle": () => {
        idle.want();
        return null;
      },
      "fit.measure": ({ again }) => trials.measure(again),
      "fit.backends": () => fit.backends(),
      "fit.cancelMeasuring": () => {
        idle.stopped();
        trials.cancel();
        return null;
      },
    },
  };
}
