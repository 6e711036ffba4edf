import { z } from "zod";
import { call } from "./call.ts";
import { mostPresetNameChars, mostPresetTextChars } from "./names.ts";
import { nameSchema } from "./nameSchema.ts";

/** How many presets of their own people can have. */
export const mostPresets = 200;

const id = z.string().min(1).max(64);
const name = nameSchema(mostPresetNameChars);
const text = z.string().max(mostPresetTextChars).regex(/\S/);

export const presetSchema = z.object({ id, name, text });
/** A prompt that is kept to be used again. What is in it as `{{name}}` is asked for when it is used. */
export type Preset = z.output<typeof presetSchema>;

/** A preset that was deleted, and its place in the list. */
export interface DeletedPreset {
  preset: Preset;
  index: number;
}

export const presetsCalls = {
  /** Returns the user's own presets, in their order. */
  "presets.list": call<Preset[]>()(z.object({})),
  /** Changes a preset, or makes one if `id` is null. Rejects with `presets-full` or `preset-not-found`. */
  "presets.save": call<Preset>()(z.object({ id: id.nullable(), name, text })),
  /** Returns what `presets.restore` needs. Rejects with `preset-not-found`. */
  "presets.delete": call<DeletedPreset>()(z.object({ id })),
  /** Puts a deleted preset back. Rejects with `presets-full`. */
  "presets.restore": call<null>()(z.object({ preset: presetSchema, index: z.number().int().min(0) })),
};
