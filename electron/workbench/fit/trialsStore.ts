import { join } from "node:path";
import { z } from "zod";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { machineCostsSchema } from "./MachineCosts.ts";

/** Increment it if the trials or their evaluation change, so that the machine is measured again. */
const version = 2;

const keptSchema = z.object({
  /** Identifies CPU, engine and backend. If one of them changes, the costs change. */
  machine: z.string(),
  threads: z.number().int().positive(),
  measuredAt: z.number().nonnegative(),
  noisy: z.boolean(),
  cpu: machineCostsSchema,
  /** Null if nothing runs on a graphics card. */
  gpu: machineCostsSchema.nullable(),
});
export type KeptTrials = z.infer<typeof keptSchema>;

const fileSchema = z.object({ version: z.literal(version), trials: z.array(keptSchema) });
const maxFileBytes = 1_000_000;
const mostKept = 20;

export type TrialsStore = ReturnType<typeof createTrialsStore>;

/**
 * Measured costs, stored in `speed-trials.json`. If the file cannot be read or written, the machine is measured again.
 */
export function createTrialsStore(home: string) {
  const path = join(home, "speed-trials.json");
  async function read(): Promise<KeptTrials[]> {
    return (await readJsonOr(path, fileSchema, maxFileBytes, null))?.trials ?? [];
  }
  return {
    /**
     * Resolves with the costs for this machine with this many threads, or else the closest number. Null if there are
     * none.
     */
    async get(machine: string, threads: number): Promise<KeptTrials | null> {
      const ours = (await read()).filter((each) => each.machine === machine);
      const apart = (each: KeptTrials): number => Math.abs(Math.log(each.threads / threads));
      return ours.toSorted((one, other) => apart(one) - apart(other))[0] ?? null;
    },
    async keep(trials: KeptTrials): Promise<void> {
      const others = (await read()).filter(
        ({ machine, threads }) => machine !== trials.machine || threads !== trials.threads,
      );
      const kept = { version, trials: [...others, trials].slice(-mostKept) };
      await writeFileAtomic(path, JSON.stringify(kept)).catch(() => undefined);
    },
  };
}
