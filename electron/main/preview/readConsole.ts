import type { WebContents } from "electron";
import { z } from "zod";
import type { PreviewEntry } from "../../contract/preview.ts";
import type { ConsoleLine } from "./ConsoleLines.ts";
import { ownFolder, previewPath } from "./previewScheme.ts";

/** Electron up to 34 has positions for what later ones have in the event. */
const levelsByNumber = ["log", "log", "warn", "error"] as const;
const levelsByName = { debug: "log", info: "log", warning: "warn", error: "error" } as const;
const eventSchema = z.object({
  level: z.enum(["debug", "info", "warning", "error"]),
  message: z.string(),
  lineNumber: z.number(),
  sourceId: z.string(),
});
const positionsSchema = z.tuple([z.unknown(), z.number(), z.string(), z.number(), z.string()], z.unknown());

/** Such as: Refused to connect to 'https://…' because it violates the following Content Security Policy directive. */
const refusal = /^[^']{0,200}'((?:https?|wss?|ftp|file):[^']{0,4000})'.{0,200}Content Security Policy/s;

/** Calls `onLine` with each line that a page writes to its console. */
export function readConsole(contents: WebContents, onLine: (line: ConsoleLine) => void): void {
  // Without named parameters: with them, Electron would warn of the positions.
  contents.on("console-message", (...given: unknown[]) => {
    const line = lineOf(given);
    if (line !== null) onLine(line);
  });
}

/** Lines from our own script in the page, with where the page called from. The page may forge them, as any line. */
const markedSchema = z.object({
  level: z.enum(["log", "info", "warn", "error"]),
  text: z.string(),
  line: z.number().int().min(1).nullable(),
  url: z.string().nullable(),
  dropped: z.number().int().min(0).max(1_000_000_000),
});
const mark = "\u0001";
/** In characters: more than our script ever writes, escaped. */
const longestMarked = 20_000;

function lineOf(given: unknown[]): ConsoleLine | null {
  const event = eventSchema.safeParse(pick(given[0]));
  if (event.success) {
    const { level, message, lineNumber, sourceId } = event.data;
    return entry(levelsByName[level], message, lineNumber, sourceId);
  }
  const positions = positionsSchema.safeParse(given);
  if (!positions.success) return null;
  const [, level, message, line, sourceId] = positions.data;
  return entry(levelsByNumber[level] ?? "log", message, line, sourceId);
}

/** The event's properties are getters, which a schema for plain objects does not see. */
function pick(event: unknown): unknown {
  const { level, message, lineNumber, sourceId } = (event ?? {}) as Record<string, unknown>;
  return { level, message, lineNumber, sourceId };
}

function entry(level: PreviewEntry["level"], message: string, line: number, source: string): ConsoleLine {
  const ours = message.startsWith(mark) ? marked(message.slice(mark.length)) : null;
  if (ours !== null) return ours;
  // Electron's own, which warns developers of policies with eval. A page can forge it.
  if (source.startsWith("node:electron")) return { level, text: message, line: null, file: null, isHidden: true };
  const refused = refusal.exec(message)?.[1];
  if (level === "error" && refused !== undefined) return { level: "network", text: refused, line: null, file: null };
  const path = previewPath(source);
  const isKnown = path !== null && !path.startsWith(ownFolder);
  return { level, text: message, line: isKnown && line > 0 ? line : null, file: isKnown ? path.slice(1) : null };
}

function marked(text: string): ConsoleLine | null {
  const parsed = text.length > longestMarked ? null : parseJson(text);
  const read = markedSchema.safeParse(parsed);
  if (!read.success) return null;
  const { level, line, url, dropped } = read.data;
  const path = url === null ? null : previewPath(url);
  return { level, text: read.data.text, line, file: path === null ? null : path.slice(1), dropped };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
