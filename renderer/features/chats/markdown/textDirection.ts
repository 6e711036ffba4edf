/** Evidence of a text's direction. */
export interface DirectionSigns {
  /** The direction of the first letter, if there is one. */
  first: "ltr" | "rtl" | null;
  ltrWords: number;
  rtlWords: number;
}

export const noSigns: DirectionSigns = { first: null, ltrWords: 0, rtlWords: 0 };

/** From this share of words on, a text that begins with a Latin name is still Arabic or Hebrew. */
const rtlShare = 0.4;
const rtlLetter =
  "\\p{Script=Arabic}\\p{Script=Hebrew}\\p{Script=Syriac}\\p{Script=Thaana}\\p{Script=Nko}\\p{Script=Adlam}";
const wordPattern = new RegExp(`([${rtlLetter}][${rtlLetter}\\p{M}]*)|(?:https?://\\S+)|(\\p{L}[\\p{L}\\p{M}]*)`, "gu");
const anyRtl = new RegExp(`[${rtlLetter}]`, "u");

export function directionSigns(text: string): DirectionSigns {
  if (!anyRtl.test(text)) return /\p{L}/u.test(text) ? { first: "ltr", ltrWords: words(text), rtlWords: 0 } : noSigns;
  const signs = { ...noSigns };
  for (const [, rtl, ltr] of text.matchAll(wordPattern)) {
    if (rtl !== undefined) signs.rtlWords++;
    else if (ltr !== undefined) signs.ltrWords++;
    else continue;
    signs.first ??= rtl === undefined ? "ltr" : "rtl";
  }
  return signs;
}

const words = (text: string): number => (text.match(/\p{L}[\p{L}\p{M}]*/gu) ?? []).length;

/** Returns the direction that the evidence suggests; null for a text without letters, which inherits its direction. */
export function directionOf({ first, ltrWords, rtlWords }: DirectionSigns): "ltr" | "rtl" | null {
  if (first === null) return null;
  return first === "rtl" || rtlWords >= rtlShare * (ltrWords + rtlWords) ? "rtl" : "ltr";
}

/** Returns a text's direction as a value for `dir`, decided by the first letter, or else by most of the words. */
export function textDirection(text: string): "ltr" | "rtl" | undefined {
  return directionOf(directionSigns(text)) ?? undefined;
}

export const joinSigns = (one: DirectionSigns, other: DirectionSigns): DirectionSigns => ({
  first: one.first ?? other.first,
  ltrWords: one.ltrWords + other.ltrWords,
  rtlWords: one.rtlWords + other.rtlWords,
});
