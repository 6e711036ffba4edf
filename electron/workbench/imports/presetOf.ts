import type { Preset } from "../../contract/presets.ts";
import type { PresetRecord } from "../exports/chatFile.ts";

/** Returns the preset of a record. */
export const presetOf = ({ id, name, text }: PresetRecord): Preset => ({ id, name, text });
