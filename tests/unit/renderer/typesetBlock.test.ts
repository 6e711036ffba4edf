// @vitest-environment happy-dom
import type { Element } from "hast";
import { expect, test, vi } from "vitest";
import { blockLimits } from "../../../renderer/features/chats/markdown/answerLimits.ts";
import { buildFormula } from "../../../renderer/features/chats/markdown/buildFormula.ts";
import { typesetBlock } from "../../../renderer/features/chats/markdown/typesetBlock.ts";
import { typesetFormula } from "../../../renderer/features/chats/markdown/typesetFormula.ts";

// When loaded, KaTeX checks for a page in standards mode, which the real page is.
vi.hoisted(() => Object.defineProperty(document, "compatMode", { value: "CSS1Compat" }));
const { default: katex } = await import("katex");

const formulas = [
  "x^2 + y_1",
  "\\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}",
  "\\sqrt[3]{x} + \\sqrt{\\frac{a}{b}}",
  "\\sum_{i=0}^{n} \\int_0^\\infty \\prod \\oint f(x)\\,dx",
  "\\left( \\frac{1}{2} \\middle| x \\right] \\Bigg\\{ y",
  "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}",
  "\\begin{cases} x & y \\\\ z & w \\end{cases}",
  "\\begin{array}{c|c} a & b \\\\ \\hline c & d \\end{array}",
  "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}",
  "\\hat{x} \\widehat{abc} \\vec{v} \\overline{AB} \\underline{x} \\overbrace{a+b}^{n} \\underbrace{c}_{m}",
  "\\boxed{42} \\cancel{x} \\xrightarrow{f} \\overrightarrow{AB}",
  "\\color{red}{x} \\textcolor{#123456}{y} \\colorbox{yellow}{z} \\fcolorbox{red}{blue}{w}",
  "\\text{words and } \\mathbb{R} \\mathcal{L} \\mathrm{d} \\mathbf{b} \\operatorname{sin} x",
  "a \\ne b \\notin C \\not= d",
  "\\rule{1em}{2em} \\raisebox{2em}{x} \\smash{y} \\phantom{z} \\kern3em",
  "\\tag{1} x = y",
  "重点 + Ж",
  "f'(x) = \\lim_{h \\to 0} \\dots \\quad \\text{with } h \\in \\{1, 2\\}",
  "\\mathop{\\mathrm{argmax}}\\limits_\\theta \\log p",
  "\\oiint \\binom{n}{k} \\genfrac{[}{]}{0pt}{}{a}{b}",
];

test.each(formulas)("a formula becomes the nodes that KaTeX itself would create: %s", (tex) => {
  const made = document.createElement("span");
  const typeset = typesetFormula(tex, true);
  if (!typeset) throw new Error("It was not typeset.");
  made.append(buildFormula(typeset.content));
  const expected = document.createElement("span");
  katex.render(tex, expected, {
    displayMode: true,
    strict: "ignore",
    maxExpand: 1000,
    maxSize: 10,
  });
  expect(describe(made)).toBe(describe(expected));
});

/** Returns elements with their attributes in order, effective styles, and texts. */
function describe(node: Node): string {
  if (!(node instanceof globalThis.Element)) return node.textContent ?? "";
  const attributes = [...node.attributes]
    .filter(({ name, value }) => name !== "style" && name !== "xmlns" && value !== "")
    .map(({ name, value }) => `${name}=${value}`)
    .sort();
  const style = (node.namespaceURI?.endsWith("MathML") === true ? "" : (node.getAttribute("style") ?? ""))
    .split(";")
    .map((part) => part.trim().replace(/:\s+/, ":"))
    .filter((part) => part !== "")
    .sort();
  return `<${node.tagName} ${[...attributes, ...style].join(" ")}>${[...node.childNodes].map(describe).join("")}</>`;
}

test.each([
  ["two hundred roots", `\\(${"\\sqrt{".repeat(200)}x${"}".repeat(200)}\\)`],
  ["braces that overflow KaTeX's stack", `\\(${"{".repeat(4000)}${"}".repeat(4000)}\\)`],
  ["macros that never end", "\\(\\def\\a{\\a\\a}\\a\\)"],
  ["macros that grow", `\\(\\def\\a{${"x".repeat(99)}}\\def\\b{${"\\a".repeat(99)}}\\b\\)`],
  ["a matrix of 10,000 cells", `\\(\\begin{matrix}${`${"1&".repeat(100)}\\\\`.repeat(40)}\\end{matrix}\\)`],
])(
  "a formula that exceeds the limits is shown as written, and the text around it is formatted: %s",
  (_name, written) => {
    const block = typesetBlock(`So **this**: ${written}`);
    const tree = JSON.stringify(block?.root);
    expect(tree).toContain('"tagName":"strong"');
    expect(tree).toContain('"isTypeset":false');
    expect(block?.counts.nodes).toBeLessThan(20);
  },
);

test.each([
  ["quotes in quotes", `${"> ".repeat(3000)}deep`],
  ["emphasis in emphasis", "*a_".repeat(100) + "_*".repeat(100)],
  ["a table that fills up", `|${"a|".repeat(500)}\n|${"-|".repeat(500)}\n${"|\n".repeat(1500)}`],
  ["a long table", `| a |\n|---|\n${"| 1 |\n".repeat(2500)}`],
  ["thousands of items", "- a\n".repeat(3000)],
  ["thousands of formulas", "\\(x^2\\) ".repeat(2000)],
  ["a long paragraph", "word ".repeat(20_000)],
  ["a paragraph that is laid out as a whole", "กำ้".repeat(5_000)],
  ["a cell that is", `| a |\n|---|\n| ${"word ".repeat(3_000)} |`],
  ["a line of code that is", `\`\`\`\n${"x".repeat(20_000)}\n\`\`\``],
  ["emoji in a long row", `**So** ${"\u{1f469}\u200d".repeat(200)}`],
])("a block that exceeds the window's limits is plain text: %s", (_name, source) => {
  expect(typesetBlock(source)).toBeNull();
});

test("the counts of a block within the limits match what is rendered", () => {
  const block = typesetBlock("| a | \\(x\\) |\n|---|---|\n| 1 | 2 |");
  expect(block?.counts).toMatchObject({ cells: 4, formulas: 1 });
  let nodes = 0;
  const walk = (node: Element["children"][number]): void => {
    nodes++;
    if ("children" in node) for (const child of node.children) walk(child);
  };
  for (const child of block?.root.children ?? []) if (child.type === "element") walk(child);
  expect(block?.counts.nodes).toBe(nodes);
  expect(nodes).toBeLessThan(blockLimits.nodes);
});

test("a long table of ordinary width and long code are formatted", () => {
  expect(typesetBlock(`| a | b | c |\n|---|---|---|\n${"| 1 | 2 | 3 |\n".repeat(300)}`)).not.toBeNull();
  expect(typesetBlock(`\`\`\`js\n${"let a = 1;\n".repeat(8000)}\`\`\``)).not.toBeNull();
});

test("text that would be invisible when rendered is shown as written", () => {
  expect(JSON.stringify(typesetBlock("[a]: https://example.org")?.root)).toContain("[a]: https://example.org");
});
