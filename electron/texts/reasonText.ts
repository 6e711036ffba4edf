import type { TOptionsBase } from "i18next";
import type { RecommendationReason } from "../contract/catalog.ts";
import type { BackendReason } from "../contract/engine.ts";
import type { Facts } from "../contract/errors.ts";
import type { EstimateWait, TrialStep } from "../contract/fit.ts";
import type { MeasurementNoise } from "../contract/hardware.ts";
import type { ConnectionReason } from "../contract/network.ts";
import type { English } from "./english.d.ts";
import type { Texts } from "./texts.ts";
import type { Expect, ReasonsMatch } from "./typeChecks.ts";

/**
 * Returns the sentence of a reason or a failure. `key` depends on its code, so the compiler cannot check it here. A fact
 * named `case` selects one of the code's sentences, and one named `count` the plural form. `options` are i18next's.
 */
export function reasonText(
  { i18n }: Pick<Texts, "i18n">,
  key: string,
  facts: Facts = {},
  options: TOptionsBase = {},
): string {
  const say = i18n.t as unknown as (key: string, options: object) => string;
  // Passed as `replace`, so that a fact cannot act as an option.
  const { count } = facts;
  const plural = typeof count === "number" ? { count } : {};
  return say(key, { replace: facts, context: facts["case"], ...plural, ...options });
}

export type Checked = [
  Expect<ReasonsMatch<BackendReason, English["hardware"]["engine"]["reasons"]>>,
  Expect<ReasonsMatch<MeasurementNoise, English["hardware"]["machine"]["noise"]>>,
  Expect<ReasonsMatch<RecommendationReason, English["models"]["family"]["reasons"]>>,
  Expect<ReasonsMatch<TrialStep, English["models"]["speed"]["steps"]>>,
  Expect<ReasonsMatch<EstimateWait, English["models"]["speed"]["waits"]>>,
  Expect<ReasonsMatch<EstimateWait, English["models"]["speed"]["waitHints"]>>,
  Expect<ReasonsMatch<ConnectionReason, English["network"]["reasons"]>>,
];
