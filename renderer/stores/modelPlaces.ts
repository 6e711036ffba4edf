import { isRemote } from "../../electron/contract/modelKinds.ts";
import type { Model, RemoteModel, ServerSource } from "../../electron/contract/models.ts";

/** Returns the servers that these models are on, each with its models, in the order of the list. */
export function serversOf(models: readonly Model[]): { server: ServerSource; models: RemoteModel[] }[] {
  const found = new Map<string, { server: ServerSource; models: RemoteModel[] }>();
  for (const model of models.filter(isRemote)) {
    const there = found.get(model.source.serverId) ?? { server: model.source, models: [] };
    there.models.push(model);
    found.set(model.source.serverId, there);
  }
  return [...found.values()];
}
