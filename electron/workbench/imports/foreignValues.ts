import { z } from "zod";
import type { ForeignMessage } from "./ForeignChat.ts";

const firstTime = Date.UTC(1990, 0);
const dayMs = 86_400_000;

/** Returns a time in milliseconds since 1970 from seconds, milliseconds or an ISO date. Null if it cannot be right. */
export function timeOf(value: unknown): number | null {
  let time = Number.NaN;
  if (typeof value === "number") time = value < 1e11 ? value * 1000 : value;
  else if (typeof value === "string") time = isoTime(value);
  return time >= firstTime && time <= Date.now() + dayMs ? Math.round(time) : null;
}

function isoTime(value: string): number {
  if (value.length > 40) return Number.NaN;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) < 1e11 ? Number(value) * 1000 : Number(value);
  // SQLite's and Go's dates have a space, and more digits than JavaScript reads.
  return Date.parse(
    value
      .replace(" ", "T")
      .replace(/(\.\d{3})\d+/, "$1")
      .replace(/ ([+-]\d\d:?\d\d).*$/, "$1"),
  );
}

/** Returns the role of a message; `other` for one that this app has no messages for. */
export const roleOf = (role: unknown): ForeignMessage["role"] =>
  role === "user" || role === "assistant" ? role : "other";

/** Text, or nothing: a wrong type does not make the whole chat unreadable. */
export const textOrNone = z.string().catch("");
/**
 * A text, or a list of parts as models get them. What is not text is counted, because it is left out; a wrong type is no
 * text.
 */
export const contentOrNone = z.unknown().optional().transform(contentOf);
function contentOf(value: unknown): { text: string; leftOut: number } {
  if (typeof value === "string") return { text: value, leftOut: 0 };
  if (!Array.isArray(value)) return { text: "", leftOut: 0 };
  const texts = value.map(textOfPart).filter((text) => text !== null);
  return { text: texts.join("\n\n"), leftOut: value.length - texts.length };
}

/** Returns null for what is not text. */
function textOfPart(part: unknown): string | null {
  if (typeof part === "string") return part;
  const { data } = z.object({ text: z.union([z.string(), z.object({ value: z.string() })]) }).safeParse(part);
  return typeof data?.text === "object" ? data.text.value : (data?.text ?? null);
}

export const idOrNull = z
  .union([z.string().min(1).max(200), z.number().transform(String)])
  .nullable()
  .catch(null);
export const timeOrNull = z.unknown().optional().transform(timeOf);
