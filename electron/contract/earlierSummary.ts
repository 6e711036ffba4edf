import { z } from "zod";
import { mostSummaryChars } from "./longChats.ts";
import { writtenAtSchema } from "./servers.ts";

/**
 * A summary of a message and all messages above it. It belongs to that message, so every branch through the message has it.
 * The prompt of such a branch has it in place of these messages.
 */
export const earlierSummarySchema = z.strictObject({
  text: z.string().min(1).max(mostSummaryChars),
  /** The model that wrote it. */
  model: z.strictObject({
    id: z.string().max(200),
    name: z.string().max(200),
    /** Set if a server wrote it: which one. */
    server: writtenAtSchema.optional(),
  }),
  /** In milliseconds since 1970. */
  createdAt: z.number().int().min(0).max(8_640_000_000_000_000),
  /** Set if the user has changed what the model wrote. */
  edited: z.literal(true).optional(),
});
export type EarlierSummary = z.output<typeof earlierSummarySchema>;
