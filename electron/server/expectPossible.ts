import type { ApiEndpoint } from "../contract/apiServer.ts";
import { isRemote } from "../contract/modelKinds.ts";
import type { Model } from "../contract/models.ts";
import { type ApiFailure, badParameter } from "./ApiFailure.ts";
import type { ReplyWish } from "./ReplyWish.ts";

/** What the parameters are called that only some servers understand. */
const names: Record<ApiEndpoint, { format: string; thinking: string }> = {
  chat: { format: "response_format", thinking: "reasoning_effort" },
  completion: { format: "response_format", thinking: "reasoning_effort" },
  response: { format: "text.format", thinking: "reasoning.effort" },
};

/** Throws an `ApiFailure` that names what the model’s server cannot do, before anything is sent there. */
export function expectPossible(model: Model, { plainText, form, thinking }: ReplyWish, endpoint: ApiEndpoint): void {
  if (!isRemote(model)) return;
  const { abilities, serverName } = model.source;
  const cannot = (param: string, what: string): ApiFailure =>
    badParameter(param, "unsupported_parameter", `${param} is not supported with this model: ${serverName} ${what}.`);
  if (plainText !== undefined) throw cannot("prompt", "can only write replies in a chat");
  if (form !== undefined && !abilities.followsSchema) {
    throw cannot(names[endpoint].format, "is not known to write answers that conform to a schema");
  }
  if (thinking === "off" && !abilities.skipsThinking) {
    throw cannot(names[endpoint].thinking, "cannot have this model skip its thought");
  }
}
