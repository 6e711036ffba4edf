import { z } from "zod";
import { engineProcessSchema } from "../../contract/engine.ts";
import type { EngineReport } from "../../contract/engineProtocol.ts";
import { problemSchema } from "../../contract/problemSchema.ts";

// The engine reads hostile files in native code, so what it says is checked. Results are not looked into:
// they are built by our own code from typed values, and only its frame decides what happens here.
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

/** The engine's message, or null when it is none of the agreed ones. */
export function parseReport(message: unknown): EngineReport | null {
  const parsed = reportSchema.safeParse(message);
  return parsed.success ? (parsed.data as EngineReport) : null;
}
