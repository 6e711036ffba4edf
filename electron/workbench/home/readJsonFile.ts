import { rename } from "node:fs/promises";
import type { z } from "zod";
import { type OwnFile, readOwnFile, readOwnFileSync } from "./readOwnFile.ts";

/** The content of one of the app's JSON files. `damaged` means that the app did not write it in this form. */
export type JsonFile<Value> =
  | { state: "read"; value: Value }
  | { state: "absent" }
  | { state: "damaged"; reason: string };

/** Reads one of the app's JSON files with `readOwnFile` and checks its shape. Never rejects. */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  maxBytes: number,
): Promise<JsonFile<z.output<Schema>>> {
  return jsonOf(await readOwnFile(path, maxBytes), schema);
}

/** The same for data that may be lost. Resolves with `otherwise` if the file is absent or damaged. */
export async function readJsonOr<Schema extends z.ZodType, Otherwise>(
  path: string,
  schema: Schema,
  maxBytes: number,
  otherwise: Otherwise,
): Promise<z.output<Schema> | Otherwise> {
  const file = await readJsonFile(path, schema, maxBytes);
  return file.state === "read" ? file.value : otherwise;
}

/** The same for text that has already been read. */
export function parseJsonFile<Schema extends z.ZodType>(text: string, schema: Schema): JsonFile<z.output<Schema>> {
  try {
    return { state: "read", value: schema.parse(JSON.parse(text)) };
  } catch (error) {
    return { state: "damaged", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** The synchronous version, for files that are needed before the first frame. Never throws. */
export function readJsonFileSync<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  maxBytes: number,
): JsonFile<z.output<Schema>> {
  return jsonOf(readOwnFileSync(path, maxBytes), schema);
}

/** Renames a file that could not be read, so that it is never overwritten. Returns its new path. */
export async function setAside(path: string): Promise<string> {
  const aside = `${path}.damaged-${Date.now()}`;
  await rename(path, aside);
  return aside;
}

function jsonOf<Schema extends z.ZodType>(file: OwnFile, schema: Schema): JsonFile<z.output<Schema>> {
  if (file.state === "absent") return file;
  if (file.state === "unusable") return { state: "damaged", reason: file.reason };
  return parseJsonFile(file.text, schema);
}
