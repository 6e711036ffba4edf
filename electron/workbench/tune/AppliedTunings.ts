import { join } from "node:path";
import { z } from "zod";
import { type AppliedTuning, appliedTuningSchema } from "../../contract/tune.ts";
import { readJsonFile, setAside } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

const maxFileBytes = 10_000_000;
const fileSchema = z.record(z.string(), appliedTuningSchema);

/** What tuning set for each model, by path, and what was chosen before, in `tunings.json`. */
export class AppliedTunings {
  readonly #file: string;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(home: string) {
    this.#file = join(home, "tunings.json");
  }

  async get(path: string): Promise<AppliedTuning | null> {
    await this.#writing;
    return (await this.#read())?.[path] ?? null;
  }

  /** Null: nothing is in force any more. On disk before it resolves. Fails with the file system's error. */
  set(path: string, tuning: AppliedTuning | null): Promise<void> {
    const result = this.#writing.then(async () => {
      const all = await this.#read();
      // What cannot be read is kept aside, never overwritten.
      if (all === null) await setAside(this.#file);
      const { [path]: _before, ...others } = all ?? {};
      const next = tuning === null ? others : { ...others, [path]: tuning };
      await writeFileAtomic(this.#file, JSON.stringify(next, null, 2));
    });
    this.#writing = result.catch(() => undefined);
    return result;
  }

  /** Null: the file is damaged. */
  async #read(): Promise<Record<string, AppliedTuning> | null> {
    const kept = await readJsonFile(this.#file, fileSchema, maxFileBytes);
    if (kept.state === "read") return kept.value;
    return kept.state === "absent" ? {} : null;
  }
}
