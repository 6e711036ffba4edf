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
export const idOrNull = z
  .union([z.string().min(1).max(200), z.number().transform(String)])
  .nullable()
  .catch(null);
export const timeOrNull = z.unknown().optional().transform(timeOf);
