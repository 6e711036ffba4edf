import { z } from "zod";
import { engineProcessSchema } from "../../contract/engine.ts";
import type { EngineReport } from "../../contract/engineProtocol.ts";
import { problemSchema } from "../../contract/problemSchema.ts";

// The engine reads hostile files in native code, so its messages are checked. The results themselves are not: our own
// code builds them from typed values, and only the message's frame controls what happens here.
const id = z.number().int();
const reportSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready"), protocol: z.number(), info: engineProcessSchema }),
  z.object({ type: z.literal("heartbeat"), residentBytes: z.number() }),
  z.object({ type: z.literal("log"), level: z.enum(["warn", "error"]), text: z.string() }),
  z.object({ type: z.literal("event"), id, event: z.unknown() }),
  z.object({ type: z.literal("result"), id, value: z.unknown() }),
  z.object({ type: z.literal("cancelled"), id }),
  z.object({ type: z.literal("failed"), id, problem: problemSchema }),
]);

/** Returns the engine's message, or null if it is not one of the protocol's. */
export function parseReport(message: unknown): EngineReport | null {
  const parsed = reportSchema.safeParse(message);
  return parsed.success ? (parsed.data as EngineReport) : null;
}
