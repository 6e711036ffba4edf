import { join } from "node:path";
import { type ModelChoices, modelChoicesSchema } from "../../contract/models.ts";
import type { KnownModel } from "./keptEntry.ts";
import { ModelRecords } from "./ModelRecords.ts";

/** The user's choices for individual models, stored in `model-choices.json`. */
export interface ChoicesStore {
  /** Resolves with the choices. All fields are open if nothing was chosen. */
  get(model: KnownModel): Promise<ModelChoices>;
  /**
   * Stores the choices, which are on disk before this resolves. Rejects with the file system's error; the old choices
   * then stay.
   */
  set(model: KnownModel, choices: ModelChoices): Promise<ModelChoices>;
}

export function createChoicesStore(home: string): ChoicesStore {
  const records = new ModelRecords(join(home, "model-choices.json"), modelChoicesSchema);
  return {
    get: async (model) => (await records.get(model)) ?? modelChoicesSchema.parse({}),
    async set(model, choices) {
      await records.set(model, choices);
      return choices;
    },
  };
}
