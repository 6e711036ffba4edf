import { z } from "zod";
import { isVisibleName } from "./names.ts";

/** Returns the schema of a name: on one line, and without characters that could hide or reverse it in a sentence. */
export const nameSchema = (mostChars: number) =>
  z
    .string()
    .max(1000)
    .transform((typed) => typed.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, " ").trim())
    .pipe(z.string().max(mostChars).refine(isVisibleName));
