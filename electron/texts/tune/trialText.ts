import type { TrialFinding, TuneTrial } from "../../contract/tune.ts";
import { noiseText } from "../benchmark/noiseText.ts";
import type { English } from "../english.d.ts";
import { failureText } from "../failureText.ts";
import { reasonText } from "../reasonText.ts";
import type { Texts } from "../texts.ts";
import type { Expect, ReasonsMatch } from "../typeChecks.ts";

/** Returns what came of a trial, as a sentence. Empty: it is being tried. */
export function trialText(texts: Pick<Texts, "i18n">, { why }: Pick<TuneTrial, "why">): string {
  if (why === null) return "";
  if ("noise" in why) return noiseText(texts, why.noise);
  if ("finding" in why) return reasonText(texts, `tune:found.${why.finding.code}`, why.finding.facts);
  // What to do about it is for the tuning to say, which goes on without this setting.
  return failureText(texts, why.problem).what;
}

export type Checked = Expect<ReasonsMatch<TrialFinding, English["tune"]["found"]>>;
