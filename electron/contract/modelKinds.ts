import type { FileModel, Model, RemoteModel, ServerSource } from "./models.ts";
import type { WrittenAt } from "./servers.ts";

/** Returns where a model's file is, or null if the model is on a server. */
export const pathOf = ({ source }: Pick<Model, "source">): string | null =>
  source.kind === "file" ? source.path : null;

/** Returns the server that a model is on, or null if it is a file of this machine. */
export const serverOf = ({ source }: Pick<Model, "source">): ServerSource | null =>
  source.kind === "server" ? source : null;

/** Returns what is kept of a server with what its models write. */
export const writtenAt = ({ serverName: name, host, isThisMachine }: ServerSource): WrittenAt => ({
  name,
  host,
  isThisMachine,
});

/** Whether a model is a file of this machine. */
export const isFile = (model: Model): model is FileModel => model.source.kind === "file";

/** Whether a model is on a server, which may be on this machine too. */
export const isRemote = (model: Model): model is RemoteModel => model.source.kind === "server";

/** Whether what is written to a model leaves this machine. */
export const leavesThisMachine = ({ source }: Pick<Model, "source">): boolean =>
  source.kind === "server" && !source.isThisMachine;

/** Whether a model can go on with a reply that ended early. Not every server can, and fewer within a thought. */
export function canContinue({ source }: Pick<Model, "source">, { answer }: { answer: string }): boolean {
  if (source.kind === "file") return true;
  return source.abilities.continues && (answer !== "" || source.abilities.continuesThought);
}
