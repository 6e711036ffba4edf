import { join } from "node:path";
import { z } from "zod";
import { backends } from "../../contract/engine.ts";
import { readJsonOr } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";
import { machineCostsSchema } from "./MachineCosts.ts";

/** Increment it if the trials or their evaluation change, so that the machine is measured again. */
const version = 4;

const cardSchema = z.object({
  backend: z.enum(backends),
  /** Null if it failed. */
  costs: machineCostsSchema.nullable(),
  /** `stopped`: its engine crashed, hung or refused. `late`: no test ended within these seconds. Null if neither. */
  failure: z
    .discriminatedUnion("code", [
      z.object({ code: z.literal("stopped") }),
      z.object({ code: z.literal("late"), seconds: z.number().nonnegative() }),
    ])
    .nullable(),
});
/** What the trials showed about one graphics backend. */
export type KeptCard = z.infer<typeof cardSchema>;

const keptSchema = z.object({
  /** Identifies CPU, engine, graphics cards and drivers. If one of them changes, the costs change. */
  machine: z.string(),
  /** The app's version. Another version tries a backend again that failed. */
  app: z.string(),
  threads: z.number().int().positive(),
  measuredAt: z.number().nonnegative(),
  noisy: z.boolean(),
  cpu: machineCostsSchema,
  /** One for each backend that can be used, apart from the CPU. */
  cards: z.array(cardSchema),
});
export type KeptTrials = z.infer<typeof keptSchema>;

const fileSchema = z.object({ version: z.literal(version), trials: z.array(keptSchema) });
const maxFileBytes = 1_000_000;
const mostKept = 20;

export type TrialsStore = ReturnType<typeof createTrialsStore>;

/**
 * Measured costs, stored in `speed-trials.json`. If the file cannot be read or written, the machine is measured again.
 */
export function createTrialsStore(home: string, app = "") {
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
      const isCurrent = ({ app: by, cards }: KeptTrials): boolean =>
        by === app || cards.every(({ failure }) => failure === null);
      const ours = (await read()).filter((each) => each.machine === machine && isCurrent(each));
      const apart = (each: KeptTrials): number => Math.abs(Math.log(each.threads / threads));
      return ours.toSorted((one, other) => apart(one) - apart(other))[0] ?? null;
    },
    async keep(measured: Omit<KeptTrials, "app">): Promise<void> {
      const trials: KeptTrials = { ...measured, app };
      const others = (await read()).filter(
        ({ machine, threads }) => machine !== trials.machine || threads !== trials.threads,
      );
      const kept = { version, trials: [...others, trials].slice(-mostKept) };
      await writeFileAtomic(path, JSON.stringify(kept)).catch(() => undefined);
    },
  };
}
