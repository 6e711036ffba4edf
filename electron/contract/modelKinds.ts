import type { FileModel, Model, RemoteModel } from "./models.ts";

/** Whether a model is a file of this machine. */
export const isFile = (model: Model): model is FileModel => model.source.kind === "file";

/** Whether a model is on a server, which may be on this machine too. */
export const isRemote = (model: Model): model is RemoteModel => model.source.kind === "server";

/** Whether a model can go on with a reply that ended early. Not every server can. */
export const canContinue = (model: Model): boolean => !isRemote(model) || model.source.abilities.continues;
