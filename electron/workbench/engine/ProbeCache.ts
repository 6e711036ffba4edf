import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { arch, platform, release } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { type BackendProbe, backendProbeSchema, backends } from "../../contract/engine.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import type { EnginePaths } from "./EnginePaths.ts";

/** A driver may be installed or removed at any time, and the key below does not reflect that on every platform. */
const maxAgeMs = 24 * 60 * 60 * 1000;
const driverTraces = [
  "/proc/driver/nvidia/version",
  "/dev/nvidia0",
  "/dev/dri",
  "/usr/share/vulkan/icd.d",
  "/etc/vulkan/icd.d",
];

const fileSchema = z.object({
  key: z.string(),
  at: z.number(),
  probes: z.array(backendProbeSchema),
});

const maxFileBytes = 1_000_000;

/** Caches the results of the probes on disk, so that a start need not repeat them. Losing the file costs a second. */
export class ProbeCache {
  readonly #file: string;
  readonly #paths: EnginePaths;

  constructor(folder: string, paths: EnginePaths) {
    this.#file = join(folder, "engine-probes.json");
    this.#paths = paths;
  }

  /** Resolves with null if nothing is cached, it is older than a day, or the engine, the system or a driver changed. */
  async read(): Promise<BackendProbe[] | null> {
    const kept = await readJsonOr(this.#file, fileSchema, maxFileBytes, null);
    if (kept === null) return null;
    const { key, at, probes } = kept;
    const ageMs = Date.now() - at;
    return key === (await this.#key()) && ageMs >= 0 && ageMs < maxAgeMs ? probes : null;
  }

  /** Resolves with whether they could be written. Without the cache, the next start only has to try them again. */
  async write(probes: BackendProbe[]): Promise<boolean> {
    const kept = { key: await this.#key(), at: Date.now(), probes };
    // The store reports a full or read-only disk, where it matters.
    return await writeFileAtomic(this.#file, JSON.stringify(kept)).then(
      () => true,
      () => false,
    );
  }

  async #key(): Promise<string> {
    const facts = [platform(), arch(), release()];
    for (const path of [this.#paths.nodePath, this.#paths.entry, ...driverTraces]) {
      const found = await stat(path).catch(() => null);
      facts.push(`${path}:${found?.size ?? "-"}:${found?.mtimeMs ?? "-"}`);
    }
    // Installing a component, or removing it, changes what can be tried.
    for (const backend of backends) facts.push(`${backend}:${(await this.#paths.packagesFor?.(backend)) ?? "-"}`);
    return createHash("sha256").update(facts.join("\n")).digest("hex");
  }
}
