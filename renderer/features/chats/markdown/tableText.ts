/** What programs for spreadsheets take for the beginning of a formula, also in its wide forms. */
const beginsFormula = /^[=+\-@＝＋－＠]/u;
/** A dash for "nothing", and a number with its currency or unit. Longer ones are no numbers. */
const isNumber =
  /^(?=.{1,60}$)[-+−](?: ?\p{Sc}? ?\d(?:[\d.,'’ ]*\d)?(?:[eE][-+]?\d{1,3})? ?(?:[%‰]|\p{Sc}|°?\p{L}{0,5}(?:\/\p{L}{1,3})?[²³]?))?$/u;

/**
 * Returns a table as CSV (RFC 4180): lines end with CR and LF, and cells with commas, quotes or line breaks are quoted. A
 * model could have a spreadsheet calculate and fetch something, so that a cell which begins like a formula gets an
 * apostrophe in front, unless it is a number.
 */
export function tableCsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map((cell) => quoted(harmless(cell))).join(",")}\r\n`).join("");
}

/** Returns a table as spreadsheets take it from the clipboard: cells are separated by tabs, and no cell has a line break. */
export function tableTsv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map((cell) => harmless(cell.replaceAll(/\s+/gu, " "))).join("\t")).join("\n");
}

const quoted = (cell: string): string => (/[",\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const harmless = (cell: string): string => {
  const text = cell.trim();
  return beginsFormula.test(text) && !isNumber.test(text) ? `'${text}` : text;
};
