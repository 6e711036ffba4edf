import { z } from "zod";
import type { Facts } from "./errors.ts";

/** Of a failure that is read from the disk or comes from the engine. */
export const factsSchema: z.ZodType<Facts> = z.record(
  z.string().max(40),
  z.union([z.string().max(5000), z.number(), z.array(z.string().max(500)).max(1000)]),
);
