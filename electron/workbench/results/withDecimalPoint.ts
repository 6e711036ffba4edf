import { withoutWrapping } from "./parseResult.ts";

/** A number with a comma, outside of all brackets, with its sign and its name before it and its unit after it. */
const decimal =
  /^(?<before>(?:[a-z]\s*(?:=|≈)\s*)?(?:[-+−]\s*)?(?:[€$£¥]\s*)?)(?<whole>\d{1,3}(?:(?:[. \u{a0}\u{202f}]|\\[,;])\d{3})+|\d+),(?<part>\d+)(?<after>[^\d.].*)?$/iu;

/**
 * Returns a result with the decimal comma that it may have as a point; otherwise null. "1,234" has none, because it can
 * be a thousand; "2,3" may have one or be a list of two numbers.
 */
export function withDecimalPoint(result: string): string | null {
  const { before = "", whole = "", part = "", after = "" } = decimal.exec(withoutWrapping(result))?.groups ?? {};
  if (whole === "" || /[,;]/u.test(after)) return null;
  const isThousand = part.length === 3 && /^[1-9]\d{0,2}$/u.test(whole);
  return isThousand ? null : `${before}${whole.replaceAll(/\D/gu, "")}.${part}${after}`;
}
