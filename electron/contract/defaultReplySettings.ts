import type { ReplySettings } from "./replySettings.ts";

/** Each follows the choice for the model, or else the model's default. */
export const defaultReplySettings: ReplySettings = {
  temperature: null,
  topP: null,
  maxTokens: null,
  thoughtTokens: null,
  thoughtSeconds: null,
  seed: null,
};
