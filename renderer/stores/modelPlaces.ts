import { isRemote } from "../../electron/contract/modelKinds.ts";
import type { Model, RemoteModel, ServerSource } from "../../electron/contract/models.ts";
import type { WrittenAt } from "../../electron/contract/servers.ts";

/** Returns where a model's file is, or null if the model is on a server. */
export const pathOf = ({ source }: Pick<Model, "source">): string | null =>
  source.kind === "file" ? source.path : null;

/** Returns the server that a model is on, or null if it is a file of this machine. */
export const serverOf = ({ source }: Pick<Model, "source">): ServerSource | null =>
  source.kind === "server" ? source : null;

/** Returns what is kept of a server with what its models write. */
export const placeOf = ({ serverName, host, isThisMachine }: ServerSource): WrittenAt => ({
  name: serverName,
  host,
  isThisMachine,
});

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
