import type { ReplyModel } from "../../contract/chats.ts";
import { isRemote } from "../../contract/modelKinds.ts";
import type { Model } from "../../contract/models.ts";

/** Returns what is kept of a model with what it writes: also where it wrote, if that was on a server. */
export function replyModel(model: Model): ReplyModel {
  const { id, name } = model;
  if (!isRemote(model)) return { id, name };
  const { serverName, host, isThisMachine } = model.source;
  return { id, name, server: { name: serverName, host, isThisMachine } };
}
