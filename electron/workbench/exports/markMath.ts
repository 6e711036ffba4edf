/** Code, in which nothing is a formula, or a formula in one of the usual delimiters. */
const pattern =
  /(^|\n)(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:\n\2|$)|(`+)(?!`)[^\n]{1,2000}?(?<!`)\3(?!`)|\\\[([\s\S]{1,2000}?)\\\]|\\\(([^\n]{1,2000}?)\\\)|\$\$([\s\S]{1,2000}?)\$\$|(?<![\\$\w])\$(?=[^\s$])([^$\n]{1,500}?)(?<=[^\s\\$])\$(?![\w$])/g;

export interface Formula {
  tex: string;
  isBlock: boolean;
  /** As it is written, with its delimiters. */
  source: string;
}

/** Characters that stand for formulas while Markdown is parsed. Private ones, which no text needs. */
const opening = "\u{F0000}";
const closing = "\u{F0001}";
export const everyMark = /\u{F0000}(\d+)\u{F0001}/gu;

/** Replaces formulas by marks that Markdown leaves alone. */
export function markMath(text: string): { text: string; formulas: Formula[] } {
  const formulas: Formula[] = [];
  const replaced = text
    .replaceAll(/[\u{F0000}\u{F0001}]/gu, "\uFFFD")
    .replaceAll(pattern, (source: string, ...groups: (string | undefined)[]) => {
      const [, , , bracket, parenthesis, dollars, dollar] = groups;
      const tex = bracket ?? parenthesis ?? dollars ?? dollar;
      if (tex === undefined) return source;
      formulas.push({ tex, isBlock: (bracket ?? dollars) !== undefined, source });
      return `${opening}${formulas.length - 1}${closing}`;
    });
  return { text: replaced, formulas };
}
