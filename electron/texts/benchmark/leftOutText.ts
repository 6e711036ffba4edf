import type { LeftOutReason } from "../../contract/benchmark.ts";
import type { English } from "../english.d.ts";
import { reasonText } from "../reasonText.ts";
import type { Texts } from "../texts.ts";
import type { Expect, ReasonsMatch } from "../typeChecks.ts";

/** Returns why a test was not measured, as a sentence. */
export const leftOutText = (texts: Pick<Texts, "i18n">, { code, facts }: LeftOutReason): string =>
  reasonText(texts, `benchmark:leftOut.${code}`, facts);

export type Checked = Expect<ReasonsMatch<LeftOutReason, English["benchmark"]["leftOut"]>>;
