import { rename } from "node:fs/promises";
import type { z } from "zod";
import { readOwnFile } from "./readOwnFile.ts";

/** What a JSON file of the app's home holds. `damaged`: something lies there that we did not write so. */
export type JsonFile<Value> =
  | { state: "read"; value: Value }
  | { state: "absent" }
  | { state: "damaged"; reason: string };

/** Reads a JSON file of the app's home as `readOwnFile` does, and checks its shape. Never fails. */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  maxBytes: number,
): Promise<JsonFile<z.output<Schema>>> {
  const file = await readOwnFile(path, maxBytes);
  if (file.state === "absent") return file;
  if (file.state === "unusable") return { state: "damaged", reason: file.reason };
  return parseJsonFile(file.text, schema);
}

/** The same for a text that was read already. */
export function parseJsonFile<Schema extends z.ZodType>(text: string, schema: Schema): JsonFile<z.output<Schema>> {
  try {
    return { state: "read", value: schema.parse(JSON.parse(text)) };
  } catch (error) {
    return { state: "damaged", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Renames what could not be read, so that it is never overwritten. Returns its new path. */
export async function setAside(path: string): Promise<string> {
  const aside = `${path}.damaged-${Date.now()}`;
  await rename(path, aside);
  return aside;
}
