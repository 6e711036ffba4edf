import type { TrialFinding, TuneTrial } from "../../contract/tune.ts";
import { noiseText } from "../benchmark/noiseText.ts";
import type { English } from "../english.d.ts";
import { failureText } from "../failureText.ts";
import { reasonText } from "../reasonText.ts";
import type { Texts } from "../texts.ts";
import type { Expect, ReasonsMatch } from "../typeChecks.ts";

/** Returns the outcome of a trial as a sentence; an empty string if it is still running. */
export function trialText(texts: Pick<Texts, "i18n">, { why }: Pick<TuneTrial, "why">): string {
  if (why === null) return "";
  if ("noise" in why) return noiseText(texts, why.noise);
  if ("finding" in why) return reasonText(texts, `tune:found.${why.finding.code}`, why.finding.facts);
  // Without the advice on what to do: the tuning simply continues without this setting.
  return failureText(texts, why.problem).what;
}

export type Checked = Expect<ReasonsMatch<TrialFinding, English["tune"]["found"]>>;
