import type { ErrorCode, Problem } from "../contract/errors.ts";
import type { English } from "../texts/english.d.ts";
import { failureText, inOneLine } from "../texts/failureText.ts";
import type { Texts } from "../texts/texts.ts";

/** Failures whose usual advice needs the window: by code, "any" or the case, what to do on a terminal. */
const advices: Partial<Record<ErrorCode, Record<string, Advice>>> = {
  "model-not-found": { named: "modelNotFound" },
  "hub-unreachable": { any: "hubUnreachable" },
  "hub-gated": { any: "hubGated" },
  "hub-not-found": { hidden: "hubHidden" },
};
type Advice = keyof English["cli"]["advice"];

/** Returns a failure's text in one line, with advice that can be followed on a terminal. */
export function terminalFailure(texts: Pick<Texts, "i18n" | "say">, problem: Problem): string {
  const text = failureText(texts, problem);
  const { code, facts, message = "" } = problem;
  const known = advices[code];
  const advice = known?.[String(facts?.["case"])] ?? known?.["any"];
  // A sentence that an earlier version stored has its own advice.
  return inOneLine(
    texts,
    advice === undefined || message !== "" ? text : { ...text, next: texts.say(`cli:advice.${advice}`) },
  );
}
