/** Where JSON.parse quotes what it read, which may be a part of a chat. */
const quotedJson = /(?:\.{3})?"[\s\S]{0,300}?"(?:\.{3})? is not valid JSON/g;
/** Where KaTeX quotes the formula. */
const quotedFormula = /(KaTeX parse error: )[\s\S]*?(?=\n {4}at |$)/g;

/**
 * Returns the text of an error without what the error quotes of the text that was read, so that the log has nothing
 * that a user or a model wrote.
 */
export function withoutContent(text: string): string {
  return text.replaceAll(quotedJson, '"…" is not valid JSON').replaceAll(quotedFormula, "$1…");
}
