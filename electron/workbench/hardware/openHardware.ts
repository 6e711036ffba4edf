import type { hardwareCalls } from "../../contract/hardware.ts";
import type { Capability } from "../Capability.ts";
import type { Engines } from "../engines/openEngines.ts";
import type { Library } from "../models/library.ts";
import { createHardware, type HardwareOptions, type HardwareOwner } from "./createHardware.ts";

interface Options extends Pick<HardwareOptions, "home" | "modelsFolder" | "enginePaths" | "hasCuda" | "memoryReads"> {
  library: Pick<Library, "list">;
  engines: Pick<Engines, "state" | "start" | "loaded">;
}

/** Opens the facts about this machine and how fast it reads. */
export function openHardware(given: Options): Capability<typeof hardwareCalls, HardwareOwner> {
  const { library, engines, ...options } = given;
  const hardware = createHardware({
    ...options,
    engine: engines,
    loadedModel: () => engines.loaded,
    largestModel: async () => {
      const sound = (await library.list()).filter(({ problems }) => problems.length === 0);
      return sound.toSorted((a, b) => b.sizeBytes - a.sizeBytes)[0]?.source.path ?? null;
    },
  });
  return {
    api: hardware,
    handlers: {
      "hardware.profile": ({ measureAgain }) => hardware.profile(measureAgain),
      "hardware.report": ({ measureAgain }) => hardware.report(measureAgain),
    },
  };
}
