/** @param {string} text @param {number} times */
const rep = (text, times) => text.repeat(times);
/** @param {number} count @param {(index: number) => string} make */
const each = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join("");
/** @param {string} text @param {number} length */
const filled = (text, length) => text.repeat(Math.ceil(length / text.length)).slice(0, length);

const large = 4_000_000;

/**
 * Replies made to break a window. None may freeze it, crash it or send anything, whether they are streamed, opened or
 * scrolled.
 * @type {Record<string, string>}
 */
export const hostileTexts = {
  // Deep trees, which Chromium and the parsers process recursively.
  roots: `\\(${rep("\\sqrt{", 200)}x${rep("}", 200)}\\)`,
  overbraces: `\\[${rep("\\overbrace{", 500)}x${rep("}", 500)}\\]`,
  subscripts: `\\(${rep("x_{", 300)}x${rep("}", 300)}\\)`,
  fractions: `\\(${rep("1+\\frac{1}{", 60)}x${rep("}", 60)}\\)`,
  leftRight: `\\(${rep("\\left(", 200)}x${rep("\\right)", 200)}\\)`,
  bracesInMath: `\\(${rep("{", 4900)}${rep("}", 4900)}\\)`,
  quotes: `${rep("> ", 5000)}deep`,
  quotesGrowing: each(120, (depth) => `${rep(">", depth + 1)} quote\n`),
  listsNested: each(400, (depth) => `${rep("  ", depth)}- item\n`),
  listMarkers: `${rep("- ", 10_000)}x`,
  emphasis: rep("*a_", 1000) + rep("_*", 1000),
  strongs: `${rep("**a ", 5000)}${rep("b**", 5000)}`,
  brackets: rep("[", 59_000),
  linksNested: `${rep("[a](", 8000)}${rep(")", 8000)}`,
  images: `${rep("![a](", 8000)}${rep(")", 8000)}`,

  // Small texts that produce a very large result.
  tableWide: `|${rep("a|", 500)}\n|${rep("-|", 500)}\n${rep("|\n", 1500)}`,
  tableLong: `| a | b | c |\n|---|---|---|\n${rep("| 1 | 2 | 3 |\n", 6000)}`,
  tables: rep("| a | b |\n|---|---|\n| 1 | 2 |\n\n", 3000),
  macros: `\\(\\def\\a{xxxxxxxxxx}\\def\\b{\\a\\a\\a\\a\\a\\a\\a\\a\\a\\a}\\def\\c{\\b\\b\\b\\b\\b\\b\\b\\b\\b}${rep("\\c", 9)}\\)`,
  matrix: `\\[\\begin{pmatrix}${rep("1&2&3&4&5&6&7&8\\\\", 400)}\\end{pmatrix}\\]`,
  formulas: rep("\\(x^2\\) ", 2000),
  formulasDisplay: rep("\\[ \\frac{a}{b} = \\sqrt{c} \\]\n\n", 3000),
  boxed: rep("\\boxed{42} ", 3000),
  dollars: rep("$x^2$ and $$y$$ ", 4000),

  // Work that grows faster than the text.
  setext: rep("a\n=\n", 14_000),
  dollarKinds: `${rep("$$ ", 20_000)}${each(300, (index) => `${rep("$", index + 2)} `)}`,
  backtickKinds: `${each(200, (index) => `${rep("`", index + 1)} `)} x ${rep("\\( ", 10_000)}`,
  footnotes: `${rep("[^1]", 10_000)}\n\n[^1]: x`,
  footnotesEach: `${each(3000, (index) => `a[^${index}] `)}\n\n${each(3000, (index) => `[^${index}]: note ${index}\n\n`)}`,
  definitions: `${each(1500, (index) => `[a${index}] `)}\n\n${each(1500, (index) => `[a${index}]: https://example.org/${index}\n`)}`,
  htmlOpen: rep("<a ", 15_000),
  htmlComments: rep("<!-- ", 12_000),
  entities: rep("&amp;&#x41;&notanentity;", 2500),
  autolinks: rep("https://example.org/a_b_c www.example.org a@example.org ", 1000),
  regexFence: `\`\`\`python\n${rep('"""\\', 2000)}\n\`\`\`\n`,

  // Very many blocks.
  paragraphs: rep("para\n\n", 20_000),
  headings: rep("# x\n", 14_000),
  headingsApart: rep("## x\n\n", 14_000),
  tasks: rep("- [ ] a\n", 7000),
  items: rep("1. a\n\n", 9000),
  rules: rep("---\n\n", 12_000),
  codeBlocks: rep("```js\nlet a = 1;\n```\n\n", 10_000),
  lines: rep("a\\\n", 15_000),

  // The maximum length of a message.
  oneLine: filled("word ", large),
  oneWord: rep("x", large),
  oneParagraph: filled("A line of text that is quite usual.\n", large),
  manyParagraphs: filled("A paragraph of text with **bold** words and `code`.\n\n", large),
  shortParagraphs: filled("a\n\n", large),
  blankLines: `x${rep("\n", large - 2)}x`,
  oneCode: `\`\`\`js\n${filled('const value = { name: "text", count: 42 }; // a comment\n', large)}\n\`\`\``,
  oneList: filled("- item of a list\n", large),
  prose: filled(
    "# Heading\n\nText with \\(x^2 + y^2\\) and *more*.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet a = 1;\n```\n\n",
    large,
  ),
  joiners: rep("\u{1f469}\u200d", 300_000),
  stackedMarks: rep(`a${rep("\u0301", 40)}`, 20_000),
  tabs: rep("\t", 1_000_000),
  bidi: rep("\u202eabc\u202c \u2067אבג\u2069 ", 60_000),
};
