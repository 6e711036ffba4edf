import { z } from "zod";

/** The longest reply that can be set, in tokens. */
export const mostTokens = 1_048_576;

export const seedSchema = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);

const fields = {
  temperature: z.number().min(0).max(2).nullable(),
  topP: z.number().min(0).max(1).nullable(),
  /** The longest reply in tokens, including its thought. Null: until the model ends or the context is full. */
  maxTokens: z.number().int().min(1).max(mostTokens).nullable(),
  /** The longest thought, in tokens and in seconds. Null: as long as the model thinks. */
  thoughtTokens: z.number().int().min(1).max(mostTokens).nullable(),
  thoughtSeconds: z.number().int().min(1).max(86_400).nullable(),
  /** The same seed gives the same reply to the same messages. Null: another one for each reply. */
  seed: seedSchema.nullable(),
};

/** How the replies in one chat are written. Null stands for the choice for the model, or else the model's default. */
export const replySettingsSchema = z.object({
  temperature: fields.temperature.default(null),
  topP: fields.topP.default(null),
  maxTokens: fields.maxTokens.default(null),
  thoughtTokens: fields.thoughtTokens.default(null),
  thoughtSeconds: fields.thoughtSeconds.default(null),
  seed: fields.seed.default(null),
});
export type ReplySettings = z.output<typeof replySettingsSchema>;

/** Those that are left out stay as they are. */
export const replySettingsChangeSchema = z.object(fields).partial();
