import type { Model } from "../../contract/models.ts";

/** What identifies a model in stored data. */
export type KnownModel = Pick<Model, "id" | "source">;

/**
 * Returns the stored entry of a model. Earlier releases stored it by the file's path; such an entry is used until one
 * is written by id.
 */
export function keptEntry<Entry>(all: ReadonlyMap<string, Entry>, { id, source }: KnownModel): Entry | undefined {
  return all.get(id) ?? (source.kind === "file" ? all.get(source.path) : undefined);
}

/** Sets the entry of a model by id, last in order, and removes any other entry stored for it. Null only removes. */
export function keepEntry<Entry>(all: Map<string, Entry>, { id, source }: KnownModel, entry: Entry | null): void {
  all.delete(id);
  if (source.kind === "file") all.delete(source.path);
  if (entry !== null) all.set(id, entry);
}
