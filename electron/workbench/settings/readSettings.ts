import { join } from "node:path";
import { type Settings, settingsSchema } from "../../contract/settings.ts";
import { type JsonFile, readJsonFile, readJsonOr } from "../home/readJsonFile.ts";

/** Enough for the longest lists of models. */
const maxFileBytes = 100_000_000;

export const settingsFile = (home: string): string => join(home, "settings.json");

/** Resolves with what `settings.json` holds. Never rejects. */
export const readSettingsFile = (home: string): Promise<JsonFile<Settings>> =>
  readJsonFile(settingsFile(home), settingsSchema, maxFileBytes);

/**
 * Resolves with the settings, or the backup's if the file is missing or damaged, or the defaults if both are. `state` is
 * that of the file. Never rejects.
 */
export async function readSettings(home: string): Promise<{ state: JsonFile<Settings>["state"]; settings: Settings }> {
  const file = await readSettingsFile(home);
  if (file.state === "read") return { state: file.state, settings: file.value };
  const usual = settingsSchema.parse({});
  const settings = await readJsonOr(`${settingsFile(home)}.bak`, settingsSchema, maxFileBytes, usual);
  return { state: file.state, settings };
}
