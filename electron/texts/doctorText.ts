import type { DoctorCheck, Finding } from "../contract/doctor.ts";
import { backendText } from "./backendText.ts";
import type { English } from "./english.d.ts";
import { failureText } from "./failureText.ts";
import { reasonText } from "./reasonText.ts";
import type { Texts } from "./texts.ts";
import type { Expect, ReasonsMatch } from "./typeChecks.ts";

/** Returns what a check found, and what to do, or null if nothing has to be done. */
export function doctorText(texts: Texts, check: DoctorCheck): { what: string; next: string | null } {
  const { say } = texts;
  if ("problem" in check) {
    const { what, safe, next } = failureText(texts, check.problem);
    const said = check.model === undefined ? what : say("doctor:model", { model: check.model, what });
    return { what: said, next: next ?? safe };
  }
  if ("backend" in check) {
    const { ok, backend, reason, devices } = check;
    const why = reasonText(texts, `hardware:engine.reasons.${reason.code}`, reason.facts);
    const named = devices.length === 0 ? why : `${why} (${texts.figures.names(devices)})`;
    const what = say("doctor:backend", { backend: backendText(texts, backend), what: named });
    return { what, next: ok ? null : say("doctor:next.backend") };
  }
  const { found } = check;
  const facts = "facts" in found ? found.facts : {};
  const key = `doctor:next.${found.code}`;
  return {
    what: reasonText(texts, `doctor:what.${found.code}`, facts),
    next: texts.i18n.exists(key) ? reasonText(texts, key, facts) : null,
  };
}

type Next = English["doctor"]["next"];

export type Checked = [
  Expect<ReasonsMatch<Finding, English["doctor"]["what"]>>,
  // What is to be done is for something that can be found.
  Expect<Exclude<keyof Next, Finding["code"] | "backend">>,
];
