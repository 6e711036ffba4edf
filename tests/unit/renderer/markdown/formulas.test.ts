import { expect, test } from "vitest";
import { outline } from "./outline.ts";

const cases: [markdown: string, shown: string][] = [
  ["so \\(x^2\\) it is", "so ⟦x^2⟧ it is¶"],
  ["so \\(x +\n y\\) it is", "so ⟦x +\ny⟧ it is¶"],
  ["\\(x\n+ y\\) then", "⟦x\n+ y⟧ then¶"],
  ["\\(x\\)\\(y\\)，即\\(z\\)。", "⟦x⟧⟦y⟧，即⟦z⟧。¶"],
  ["**答案：\\(5\\)**。", "<b>答案：⟦5⟧</b>。¶"],
  ["# \\(x\\) and \\[y\\]", "h1(⟦x⟧ and ⟦y⟧)"],
  ["[\\(x\\)](https://a.com)", "[⟦x⟧](https://a.com)¶"],
  // On lines of their own.
  ["\\[ x = 1 \\]", "⟦⟦x = 1⟧⟧"],
  ["\\[\nx = 1\n\\]", "⟦⟦x = 1⟧⟧"],
  ["\\[ x \\].\nNext", "⟦⟦x.⟧⟧Next¶"],
  ["\\[ x \\]。\n\n下一步", "⟦⟦x\\text{。}⟧⟧下一步¶"],
  ["so \\[ x \\] holds", "so ⟦⟦x⟧⟧ holds¶"],
  ["So: \\[\nx\n= 5\n\\]\nand more", "So: ⟦⟦x\n= 5⟧⟧\nand more¶"],
  ["\\[\nx\n\n= 3 + 2\n\n= 5\n\\]\n\nDone", "⟦⟦x\n= 3 + 2\n= 5⟧⟧Done¶"],
  ["So \\[ y\n= 3\n\n- 4 \\]", "So ⟦⟦y\n= 3\n- 4⟧⟧¶"],
  ["$$\nx\n\n= 3\n$$", "⟦⟦x\n= 3⟧⟧"],
  ["$$ x $$", "⟦⟦x⟧⟧"],
  ["$$ x = 1\ny = 2 $$", "⟦⟦x = 1\ny = 2⟧⟧"],
  ["$$\nSpeed = distance / time\n$$", "⟦⟦Speed = distance / time⟧⟧"],
  ["so $$x$$ holds, $$ y = 2 $$ too", "so ⟦x⟧ holds, ⟦y = 2⟧ too¶"],
  ["$$x$$，$$y$$", "⟦x⟧，⟦y⟧¶"],
  ["设 $$f(x)$$ 为函数", "设 ⟦f(x)⟧ 为函数¶"],
  [
    "\\[\n\\begin{aligned}\nx &= 1 \\\\[2pt]\ny &= 2\n\\end{aligned}\n\\]",
    "⟦⟦\\begin{aligned}\nx &= 1 \\\\[2pt]\ny &= 2\n\\end{aligned}⟧⟧",
  ],
  ["\\[\n\\text{A \\(x\\) b}\n\\]", "⟦⟦\\text{A \\(x\\) b}⟧⟧"],
  ["\\[ *a* _b_ **c** `d` \\]", "⟦⟦*a* _b_ **c** `d`⟧⟧"],
  ["\\( a \\\\[2pt] b \\)", "⟦a \\\\[2pt] b⟧¶"],
  // In lists and quotes, indented as R1 does.
  ["1. a:\n\n   \\[\n   x = 3 + 2\n\n   = 5\n   \\]\n\n2. b", "ol(• a:¶⟦⟦x = 3 + 2\n= 5⟧⟧• b¶)"],
  ["1. a:\n\\[\nx\n= 5\n\\]\n2. b", "ol(• a:\n⟦⟦x\n= 5⟧⟧• b)"],
  ["1. a\n\n\\[\nx\n\n- y\n\\]\n2. b", "ol(• a)⟦⟦x\n- y⟧⟧ol(• b)"],
  ["- \\[\nx\n= 5\n\\]\n- b", "ul(• ⟦⟦x\n= 5⟧⟧• b)"],
  ["- a\n  - b \\[ y\n    - z \\]\n  - c", "ul(• aul(• b ⟦⟦y\n- z⟧⟧• c))"],
  ["1. **a**\n\n        \\[ y \\]\n\n   b", "ol(• <b>a</b>¶⟦⟦y⟧⟧b¶)"],
  ["> \\[ x\n> = y\n>\n> - z \\]\n>\n> end", "blockquote(⟦⟦x\n= y\n- z⟧⟧end¶)"],
  ["> $$\n> x\n> $$", "blockquote(⟦⟦x⟧⟧)"],
  // Without delimiters.
  ["The answer is \\boxed{4{2}}.", "The answer is ⟦\\boxed{4{2}}⟧.¶"],
  ["\\boxed{\\text{A}}", "⟦\\boxed{\\text{A}}⟧¶"],
  ["**最终答案：** \\boxed{\\frac{1}{2}}", "<b>最终答案：</b> ⟦\\boxed{\\frac{1}{2}}⟧¶"],
  ["**\\boxed{5}**", "<b>⟦\\boxed{5}⟧</b>¶"],
  ["\\( \\boxed{42} \\), \\[ \\boxed{42} \\] and $\\boxed{42}$", "⟦\\boxed{42}⟧, ⟦⟦\\boxed{42}⟧⟧ and ⟦\\boxed{42}⟧¶"],
  [
    "\\begin{align}\nx &= 1 \\\\\n\n&= 2\n\\end{align}\n\nDone",
    "⟦⟦\\begin{align}\nx &= 1 \\\\\n&= 2\n\\end{align}⟧⟧Done¶",
  ],
  ["\\begin{align*} a &= b \\end{align*}", "⟦⟦\\begin{align*} a &= b \\end{align*}⟧⟧"],
  ["\\begin{equation}\nE = mc^2\n\\end{equation}", "⟦⟦\\begin{equation}\nE = mc^2\n\\end{equation}⟧⟧"],
  [
    "so \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} holds",
    "so ⟦\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}⟧ holds¶",
  ],
  // In cells, a bar does not end the cell.
  [
    "| \\(|a|\\) | $|x|$ | b |\n|---|---|---|\n| \\(\\|v\\|\\) | $$a|b$$ | \\[ x \\] |",
    "|⟦|a|⟧|⟦|x|⟧|b|⟦\\|v\\|⟧|⟦a|b⟧|⟦x⟧",
  ],
  ["| $5 | $6 |\n|---|---|\n| $a$ | $b$ |", "|$5|$6|⟦a⟧|⟦b⟧"],
  ["| `\\(` | `\\)` |\n|---|---|\n| a | b |", "|<code>\\(</code>|<code>\\)</code>|a|b"],
  // Not formulas.
  ["`\\(x\\)` is how to write it", "<code>\\(x\\)</code> is how to write it¶"],
  ["``a ` \\(x\\)`` too", "<code>a ` \\(x\\)</code> too¶"],
  ["`$x$` and `$$` and `\\boxed{5}`", "<code>$x$</code> and <code>$$</code> and <code>\\boxed{5}</code>¶"],
  ["```latex\n\\[ x \\]\n\n$$\n```", "‹\\[ x \\]\n\n$$›"],
  ["~~~\n\\(x\\)\n```\n\\(y\\)\n~~~", "‹\\(x\\)\n```\n\\(y\\)›"],
  ["- item\n\n  ```\n  \\(x\\)\n  ```", "ul(• item¶‹\\(x\\)›)"],
  ["    $x$ in code", "‹$x$ in code›"],
  ["an escaped \\\\(bracket\\\\)", "an escaped \\(bracket\\)¶"],
  ["no end \\(x + y", "no end (x + y¶"],
  ["no end \\[ x + y\n\n- item\n\n# heading", "no end [ x + y¶ul(• item)h1(heading)"],
  ["Use \\[ to open it.\n\nAnd \\] to close it.", "Use [ to open it.¶And ] to close it.¶"],
  ["\\(x\n\ny\\)", "(x¶y)¶"],
  ["\\boxed{never closed", "\\boxed{never closed¶"],
  ["\\( \\)", "( )¶"],
  ["\\[link\\](https://a.com)", "[link]([https://a.com](https://a.com))¶"],
  ["\\begin{document}\na\n\\end{document}", "\\begin{document}\na\n\\end{document}¶"],
  ["PID=$$ and PPID=$$PPID", "PID=$$ and PPID=$$PPID¶"],
  ["The costs are $$ (cheap) or $$$ (dear).", "The costs are $$ (cheap) or $$$ (dear).¶"],
  ["kill $$\nor $$", "kill $$\nor $$¶"],
];
test.each(cases)("%j", (markdown, shown) => {
  expect(outline(markdown)).toBe(shown);
});

test("a formula too large to typeset remains text", () => {
  const huge = "x+".repeat(6000);
  expect(outline(`\\(${huge}\\)`)).toBe(`(${huge})¶`);
  expect(outline(`\\[${huge}\\]`)).toBe(`[${huge}]¶`);
});
