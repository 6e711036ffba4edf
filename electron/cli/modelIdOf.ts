import type { Workbench } from "../workbench/workbench.ts";

/**
 * Returns the id of the model that a command names by id or by path, or null if it names none. Throws
 * `model-not-found` or `model-file-missing`.
 */
export async function modelIdOf(workbench: Pick<Workbench, "namedModel">, name: string | null): Promise<string | null> {
  return name === null ? null : (await workbench.namedModel(name)).id;
}
