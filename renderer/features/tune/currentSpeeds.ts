import type { TuneFigures } from "../../../electron/contract/tune.ts";
import type { Texts } from "../../../electron/texts/texts.ts";

/** Returns how fast the model is with the settings in use, or null if that was not measured. */
export function currentSpeeds({ say, figures }: Texts, speeds: TuneFigures | null): string | null {
  if (speeds === null) return null;
  const { writing, reading } = speeds;
  return say("tune:current", { writing: figures.speed(writing.median), reading: figures.speed(reading.median) });
}
