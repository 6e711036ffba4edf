export type SortOrder = "ascending" | "descending";

interface Key {
  index: number;
  text: string;
  /** Null if the cell is no number. */
  number: number | null;
}

/**
 * Returns the order of rows by the words of one column: their indexes. Numbers are compared as numbers, also with a sign,
 * a currency, a unit or a per cent sign; other words as the language orders them. Numbers come before words, and empty
 * cells come last in either order. Equal rows keep their order.
 */
export function sortRows(column: readonly string[], order: SortOrder, language: string): number[] {
  const { compare } = new Intl.Collator(language, { numeric: true });
  const decimal = decimalSign(column);
  const keys = column.map((text, index): Key => ({ index, text: text.trim(), number: numberIn(text, decimal) }));
  const sign = order === "ascending" ? 1 : -1;
  const rank = ({ text, number }: Key): number => (text === "" ? 2 : number === null ? 1 : 0);
  keys.sort((one, other) => {
    const ranks = rank(one) - rank(other);
    // Numbers before words in one order, and after them in the other; the empty ones stay at the end.
    if (ranks !== 0) return rank(one) === 2 || rank(other) === 2 ? ranks : sign * ranks;
    if (one.number !== null && other.number !== null) return sign * (one.number - other.number);
    return sign * compare(one.text, other.text);
  });
  return keys.map(({ index }) => index);
}

/** Longer cells are no numbers. */
const longestNumber = 60;

/** A number with what may stand around it: delimiters of a formula, marks of emphasis, a currency, a unit. */
const written =
  /^[$\s]*(?<before>[^\d\s.,+\-−]{0,4})\s*(?<sign>[-+−]?)\s*(?<before2>\p{Sc}?)\s*(?<digits>\d[\d.,'’   ]*|[.,]\d+)(?:[eE](?<power>[-+]?\d{1,3}))?(?<after>\D{0,16})$/u;

function numberIn(text: string, decimal: "." | ","): number | null {
  // Long runs of spaces would cost far more than they are worth.
  const cell = text.replaceAll(/\s+/gu, " ").trim().replaceAll("\\,", "").replaceAll("\\%", "%");
  const found = cell.length > longestNumber ? undefined : written.exec(cell)?.groups;
  if (found === undefined) return null;
  const { sign = "", digits = "", power, before = "" } = found;
  // "v2" and "Q3" are names, which the language orders well enough.
  if (/\p{L}/u.test(before) && !/^\p{Lu}{3}$/u.test(before)) return null;
  const grouping = decimal === "." ? /[^\d.]/gu : /[^\d,]/gu;
  const plain = digits.replaceAll(grouping, "").replace(",", ".");
  const value = Number(`${plain}${power === undefined ? "" : `e${power}`}`);
  if (!Number.isFinite(value)) return null;
  return sign === "-" || sign === "−" ? -value : value;
}

/** Returns what the numbers of a column have before their decimals: a comma only if that is how all of them read. */
function decimalSign(column: readonly string[]): "." | "," {
  let commas = 0;
  for (const text of column) {
    const digits = /\d[\d.,]*/u.exec(text)?.[0] ?? "";
    const lastComma = digits.lastIndexOf(",");
    const lastPoint = digits.lastIndexOf(".");
    if (lastPoint > lastComma && !/^\d{1,3}(?:\.\d{3})+$/u.test(digits)) return ".";
    // "1,234" is a thousand and more unless another cell says otherwise.
    if (lastComma > lastPoint && !/^\d{1,3}(?:,\d{3})+$/u.test(digits)) commas++;
  }
  return commas > 0 ? "," : ".";
}
