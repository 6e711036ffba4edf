import { z } from "zod";

const share = z.number();
const test = z.string().max(100);
const depth = z.number().int().nonnegative();
const none = z.object({});

/** What disturbed a measurement. The sentences are in `texts/*\/benchmark.json`, under `noise`. */
export const noiseReasonSchema = z.discriminatedUnion("code", [
  z.object({
    code: z.literal("other-load"),
    /** `share` is the part of all cores that other programs kept busy. `test` is llama-bench's name of the test. */
    facts: z.discriminatedUnion("case", [
      z.object({ case: z.literal("all"), share }),
      z.object({ case: z.literal("reading"), share }),
      z.object({ case: z.literal("writing"), share }),
      z.object({ case: z.literal("test"), test, share }),
      z.object({ case: z.literal("deep"), test, depth, share }),
    ]),
  }),
  /** `share` is the part of all cores that the host of a virtual machine took. */
  z.object({ code: z.literal("stolen"), facts: z.object({ share }) }),
  z.object({
    code: z.literal("spread"),
    /** `share` is the interquartile range of the runs, divided by their median. */
    facts: z.discriminatedUnion("case", [
      z.object({ case: z.literal("test"), test, share }),
      z.object({ case: z.literal("deep"), test, depth, share }),
    ]),
  }),
  z.object({ code: z.literal("throttled"), facts: none }),
  /** `case` is the machine's current power source. */
  z.object({ code: z.literal("power"), facts: z.object({ case: z.enum(["mains", "battery", "unknown"]) }) }),
  z.object({ code: z.literal("slept"), facts: none }),
  /** An English sentence that an earlier version stored. `about` is the code that it stands for. */
  z.object({
    code: z.literal("told-earlier"),
    facts: z.object({ about: z.string().max(40), sentence: z.string().max(5000) }),
  }),
]);
export type NoiseReason = z.output<typeof noiseReasonSchema>;
