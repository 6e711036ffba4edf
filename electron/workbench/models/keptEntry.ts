import type { Model } from "../../contract/models.ts";

/** What a model is known by where something is kept for it. */
export type KnownModel = Pick<Model, "id" | "source">;

/**
 * Returns what is kept for a model. Earlier releases kept it under the file's path: an entry there counts until one
 * is written under the id.
 */
export function keptEntry<Entry>(all: ReadonlyMap<string, Entry>, { id, source }: KnownModel): Entry | undefined {
  return all.get(id) ?? all.get(source.path);
}

/** Puts an entry under the model's id, the last in order, in place of whatever was kept for it; null removes it. */
export function keepEntry<Entry>(all: Map<string, Entry>, { id, source }: KnownModel, entry: Entry | null): void {
  all.delete(id);
  all.delete(source.path);
  if (entry !== null) all.set(id, entry);
}
