import type { ReplyModel } from "../../contract/chats.ts";
import { serverOf, writtenAt } from "../../contract/modelKinds.ts";
import type { Model } from "../../contract/models.ts";

/** Returns what is kept of a model with what it writes: also where it wrote, if that was on a server. */
export function replyModel(model: Model): ReplyModel {
  const { id, name } = model;
  const server = serverOf(model);
  return { id, name, ...(server !== null && { server: writtenAt(server) }) };
}
