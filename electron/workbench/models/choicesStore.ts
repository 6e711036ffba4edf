import { join } from "node:path";
import { z } from "zod";
import { type ModelChoices, modelChoicesSchema } from "../../contract/models.ts";
import { readJsonFile, setAside } from "../home/readJsonFile.ts";
import { writeFileAtomic } from "../home/writeFileAtomic.ts";

const maxFileBytes = 10_000_000;
const fileSchema = z.record(z.string(), modelChoicesSchema);

/** A person's choices for single models, by path, in `model-choices.json`. */
export interface ChoicesStore {
  /** All open where nothing was chosen. */
  get(path: string): Promise<ModelChoices>;
  /** On disk before it resolves. Fails with the file system's error; the old choices then stay. */
  set(path: string, choices: ModelChoices): Promise<ModelChoices>;
}

export function createChoicesStore(home: string): ChoicesStore {
  const file = join(home, "model-choices.json");
  let writing: Promise<unknown> = Promise.resolve();
  return {
    async get(path) {
      await writing;
      return (await readChoices(file))?.[path] ?? modelChoicesSchema.parse({});
    },
    set(path, choices) {
      const result = writing.then(async () => {
        const all = await readChoices(file);
        // What cannot be read is kept aside, never overwritten.
        if (all === null) await setAside(file);
        await writeFileAtomic(file, JSON.stringify({ ...all, [path]: choices }, null, 2));
        return choices;
      });
      writing = result.catch(() => undefined);
      return result;
    },
  };
}

/** Null: the file is damaged. */
async function readChoices(file: string): Promise<Record<string, ModelChoices> | null> {
  const kept = await readJsonFile(file, fileSchema, maxFileBytes);
  if (kept.state === "read") return kept.value;
  return kept.state === "absent" ? {} : null;
}
