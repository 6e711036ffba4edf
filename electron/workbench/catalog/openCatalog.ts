import type { catalogCalls } from "../../contract/catalog.ts";
import type { Capability } from "../Capability.ts";
import type { Engines } from "../engines/openEngines.ts";
import { onlyCardBytes } from "../hardware/onlyCardBytes.ts";
import { usableCores } from "../hardware/usableCores.ts";
import { availableMemory } from "../models/availableMemory.ts";
import type { Library } from "../models/library.ts";
import { type CatalogOptions, type CatalogOwner, createCatalog } from "./createCatalog.ts";
import type { Machine } from "./recommend.ts";

interface Options extends Pick<CatalogOptions, "catalogFile" | "home" | "predictor"> {
  library: Pick<Library, "list">;
  engines: Pick<Engines, "state">;
}

/** Opens the catalogue for this machine. It is computed at each call. */
export function openCatalog(given: Options): Capability<typeof catalogCalls, Pick<CatalogOwner, "learn">> {
  const { library, engines, ...options } = given;
  async function machine(): Promise<Machine> {
    const { state } = engines;
    const { totalBytes } = await availableMemory();
    const hasGpu = "info" in state && state.info.backend !== "cpu";
    return { memoryBytes: totalBytes, cores: (await usableCores()).logical, hasGpu };
  }
  const cardBytes = (): number | null => ("info" in engines.state ? onlyCardBytes(engines.state.info.probes) : null);
  const catalog = createCatalog({ ...options, machine, cardBytes, models: () => library.list() });
  return { api: catalog, handlers: { "catalog.get": () => catalog.get() } };
}
