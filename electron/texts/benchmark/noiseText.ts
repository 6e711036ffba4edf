import type { NoiseReason } from "../../contract/noise.ts";
import type { English } from "../english.d.ts";
import { reasonText } from "../reasonText.ts";
import type { Texts } from "../texts.ts";
import type { Expect, ReasonsMatch } from "../typeChecks.ts";

/** Returns what disturbed a measurement, as a sentence. */
export const noiseText = (texts: Pick<Texts, "i18n">, { code, facts }: NoiseReason): string =>
  reasonText(texts, `benchmark:noise.${code}`, facts);

export type Checked = Expect<ReasonsMatch<NoiseReason, English["benchmark"]["noise"]>>;
