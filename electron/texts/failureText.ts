import type { ErrorCode, FactsByCode, Problem } from "../contract/errors.ts";
import type { English } from "./english.d.ts";
import { joinSentences } from "./joinSentences.ts";
import { reasonText } from "./reasonText.ts";
import type { Texts } from "./texts.ts";
import type { Expect, KeysOfAny, NamesIn } from "./typeChecks.ts";

/** The text shown when something fails, in parts that screens and dialogs lay out. No code looks inside a sentence. */
export interface FailureText {
  /** What happened. */
  what: string;
  /** What was not lost or changed, if that is worth saying. */
  safe: string | null;
  /** What to do. */
  next: string | null;
}

/** Returns the text of a failure, in the current language unless another one is given. */
export function failureText(
  { i18n }: Pick<Texts, "i18n">,
  { code, facts = {}, message = "" }: Problem,
  language: string = i18n.language,
): FailureText {
  const part = (name: keyof FailureText): string | null => {
    // The types below match codes, texts and facts.
    const key = `failures:${code}.${name}`;
    if (!i18n.exists(key, { context: facts["case"], lng: language } as never)) return null;
    let isWhole = true;
    const missingInterpolationHandler = (): string => {
      isWhole = false;
      return "";
    };
    const options = { lng: language, missingInterpolationHandler };
    const said = reasonText({ i18n }, key, facts, options);
    // A failure that was read from the disk may lack facts. The sentence that every case shares needs none.
    return isWhole ? said : reasonText({ i18n }, key, facts, { ...options, context: undefined });
  };
  // Text stored by an earlier version often includes what is safe and what to do.
  if (message !== "") return { what: message, safe: null, next: null };
  return { what: part("what") ?? code, safe: part("safe"), next: part("next") };
}

/** Returns all parts of a failure's text in one line, where they are not laid out separately. */
export const inOneLine = (texts: Pick<Texts, "i18n">, { what, safe, next }: FailureText): string =>
  joinSentences(texts, [what, safe, next]);

/** Returns a failure's text in one line. */
export const failureLine = (texts: Pick<Texts, "i18n">, problem: Problem): string =>
  inOneLine(texts, failureText(texts, problem));

type EnglishTexts = English["failures"];
type AnyFacts<Code> = Code extends keyof FactsByCode ? FactsByCode[Code] : never;
type CasesOf<Facts> = Facts extends { case: infer Case extends string } ? Case : never;
/** The case that a text is for: "signal" for `what_signal`; never: any case. */
type CaseOfKey<Key> = Key extends `${string}_${infer Case}` ? Case : never;
/** The names of the facts that a text may use: those of its case. */
type FactNames<Facts, Case extends string> = [Case] extends [never]
  ? KeysOfAny<Facts>
  : Facts extends { case: string }
    ? Case extends Facts["case"]
      ? keyof Facts
      : never
    : never;

/**
 * Does not compile if a code or a case has no text, a text has no code or case, or a text names facts that its code and
 * case do not have.
 */
export type Checked = [
  Expect<Exclude<ErrorCode, keyof EnglishTexts>>,
  Expect<Exclude<keyof EnglishTexts, ErrorCode>>,
  Expect<{ [Code in ErrorCode]: Exclude<CasesOf<AnyFacts<Code>>, CaseOfKey<keyof EnglishTexts[Code]>> }[ErrorCode]>,
  Expect<{ [Code in ErrorCode]: Exclude<CaseOfKey<keyof EnglishTexts[Code]>, CasesOf<AnyFacts<Code>>> }[ErrorCode]>,
  Expect<
    {
      [Code in ErrorCode]: {
        [Key in keyof EnglishTexts[Code]]: Exclude<
          NamesIn<EnglishTexts[Code][Key]>,
          FactNames<AnyFacts<Code>, CaseOfKey<Key>>
        >;
      }[keyof EnglishTexts[Code]];
    }[ErrorCode]
  >,
];
