import type { ErrorCode, FactsByCode, Problem } from "../contract/errors.ts";
import type { English } from "./english.d.ts";
import { joinSentences } from "./joinSentences.ts";
import type { Texts } from "./texts.ts";
import type { Expect, KeysOfAny, NamesIn } from "./typeChecks.ts";

/** What a person reads when something fails. Screens and dialogs lay the parts out; nothing looks inside a sentence. */
export interface FailureText {
  /** What happened. */
  what: string;
  /** What is not lost or was not changed, where that is worth saying. */
  safe: string | null;
  /** What to do. */
  next: string | null;
}

/** Returns the text of a failure, in the language that is chosen at the moment unless another one is named. */
export function failureText(
  { i18n }: Pick<Texts, "i18n">,
  { code, facts = {}, message = "" }: Problem,
  language: string = i18n.language,
): FailureText {
  // The code decides the key, so the compiler cannot; the types below hold codes, texts and facts together.
  const say = i18n.t as unknown as (key: string, options: object) => string;
  // Not beside the options: a fact must not become one.
  const options = { replace: facts, context: facts["case"], lng: language };
  const part = (name: keyof FailureText): string | null => {
    const key = `failures:${code}.${name}`;
    return i18n.exists(key, options as never) ? say(key, options) : null;
  };
  // What an earlier version stored often says itself what is safe and what to do.
  if (message !== "") return { what: message, safe: null, next: null };
  return { what: part("what") ?? code, safe: part("safe"), next: part("next") };
}

/** Returns all parts of a failure's text as one line, for surfaces that do not set them apart. */
export const inOneLine = ({ what, safe, next }: FailureText): string => joinSentences([what, safe, next]);

/** Returns a failure's text as one line. */
export const failureLine = (texts: Pick<Texts, "i18n">, problem: Problem): string =>
  inOneLine(failureText(texts, problem));

type EnglishTexts = English["failures"];
type AnyFacts<Code> = Code extends keyof FactsByCode ? FactsByCode[Code] : never;
type CasesOf<Facts> = Facts extends { case: infer Case extends string } ? Case : never;
/** The case that a text is for: "signal" of `what_signal`; never: any. */
type CaseOfKey<Key> = Key extends `${string}_${infer Case}` ? Case : never;
/** The names of the facts that a text may name: those of its case. */
type FactNames<Facts, Case extends string> = [Case] extends [never]
  ? KeysOfAny<Facts>
  : Facts extends { case: string }
    ? Case extends Facts["case"]
      ? keyof Facts
      : never
    : never;

/**
 * A code or a case without a text, a text without a code or a case, a text that names what its code and its case do
 * not have: none compiles.
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
