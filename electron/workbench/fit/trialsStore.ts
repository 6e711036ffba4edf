import { join } from "node:path";
import { z } from "zod";
import { readJsonFile } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { machineCostsSchema } from "./MachineCosts.ts";

/** Raise it when the trials or what is made of them change, so that old ones are measured anew. */
const version = 2;

const keptSchema = z.object({
  /** Processor, engine and backend: with another one the costs are others. */
  machine: z.string(),
  threads: z.number().int().positive(),
  measuredAt: z.number().nonnegative(),
  noisy: z.boolean(),
  cpu: machineCostsSchema,
  /** Null: nothing runs on a graphics card. */
  gpu: machineCostsSchema.nullable(),
});
export type KeptTrials = z.infer<typeof keptSchema>;

const fileSchema = z.object({ version: z.literal(version), trials: z.array(keptSchema) });
const maxFileBytes = 1_000_000;
const mostKept = 20;

/** Measured costs in `speed-trials.json`. A file that cannot be read or written only costs time. */
export interface TrialsStore {
  /** Of this machine with so many threads, else with the nearest number; null: none. */
  get(machine: string, threads: number): Promise<KeptTrials | null>;
  keep(trials: KeptTrials): Promise<void>;
}

export function createTrialsStore(home: string): TrialsStore {
  const path = join(home, "speed-trials.json");
  async function read(): Promise<KeptTrials[]> {
    const kept = await readJsonFile(path, fileSchema, maxFileBytes);
    return kept.state === "read" ? kept.value.trials : [];
  }
  return {
    async get(machine, threads) {
      const ours = (await read()).filter((each) => each.machine === machine);
      const apart = (each: KeptTrials): number => Math.abs(Math.log(each.threads / threads));
      return ours.toSorted((one, other) => apart(one) - apart(other))[0] ?? null;
    },
    async keep(trials) {
      const others = (await read()).filter(
        ({ machine, threads }) => machine !== trials.machine || threads !== trials.threads,
      );
      const kept = { version, trials: [...others, trials].slice(-mostKept) };
      await writeFileAtomic(path, JSON.stringify(kept)).catch(() => undefined);
    },
  };
}
