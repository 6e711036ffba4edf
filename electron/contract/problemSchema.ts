import { z } from "zod";
import { type ErrorCode, type Facts, isErrorCode, type Problem } from "./errors.ts";

/** Facts of a failure that is read from the disk or comes from the engine. */
export const factsSchema: z.ZodType<Facts> = z.record(
  z.string().max(40),
  z.union([z.string().max(5000), z.number(), z.array(z.string().max(500)).max(1000)]),
);

/** The failure itself. It has no `faultId`, which only this app's own log may assign. */
export const problemSchema = z.object({
  code: z.custom<ErrorCode>(isErrorCode),
  facts: factsSchema.optional(),
  message: z.string().optional(),
  detail: z.string().optional(),
}) satisfies z.ZodType<Problem>;
