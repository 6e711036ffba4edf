import { join } from "node:path";
import { type ModelChoices, modelChoicesSchema } from "../../contract/models.ts";
import type { KnownModel } from "./keptEntry.ts";
import { ModelRecords } from "./ModelRecords.ts";

export type ChoicesStore = ReturnType<typeof createChoicesStore>;

/** The user's choices for individual models, stored in `model-choices.json`. */
export function createChoicesStore(home: string) {
  const records = new ModelRecords(join(home, "model-choices.json"), modelChoicesSchema);
  return {
    /** Resolves with the choices. All fields are open if nothing was chosen. */
    async get(model: KnownModel): Promise<ModelChoices> {
      return (await records.get(model)) ?? modelChoicesSchema.parse({});
    },
    /**
     * Stores the choices, which are on disk before this resolves. Rejects with the file system's error; the old choices
     * then stay.
     */
    async set(model: KnownModel, choices: ModelChoices): Promise<ModelChoices> {
      await records.set(model, choices);
      return choices;
    },
  };
}
