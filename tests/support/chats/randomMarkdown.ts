const pieces: ((random: () => number) => string)[] = [
  () => "A paragraph of **bold**, *soft* and `code` words.",
  () => "Over two\nlines, with a hard\\\nbreak.",
  () => "So \\(x^2 + y^2\\) and \\(\\frac{1}{2}\\) hold.",
  () => "\\[\n\\int_0^1 x \\, dx = \\frac{1}{2}\n\\]",
  () => "$$\na = b\n$$",
  () => "Therefore \\boxed{42}. It costs $5 or $6.",
  (random) => `${"#".repeat(1 + Math.floor(random() * 5))} A heading`,
  () => "- one\n- two\n  - deeper\n- three",
  () => "1. one\n\n2. two\n\n   with more\n\n3. three",
  () => "- [ ] to do\n- [x] done",
  () => "| a | b |\n|---|:-:|\n| 1 | \\(y\\) |\n| 2 | **b** |",
  () => "```python\ndef f():\n\n    return 1\n```",
  () => "~~~\nplain ``` code\n~~~",
  () => "    indented code\n\n    goes on",
  () => "> a quote\n> of lines\n\n> another",
  () => "---",
  () => "[a link](https://example.org) and https://example.org/x",
  () => "![image](https://evil.example/x.png)",
  () => "<div>raw <b>HTML</b></div>",
  () => "line <script>alert(1)</script> line",
  () => "مرحبا (version 2.0)",
  () => "**重点：**先检查配置。",
  () => "Setext\n===",
  () => "unclosed **bold and `code",
  () => "2",
  () => "*",
  () => "\\( never closed",
  () => "```js\nnever closed",
];

/** Returns random Markdown, plausible or not, that depends only on the seed. */
export function randomMarkdown(seed: number): { text: string; random: () => number } {
  let state = seed * 0x9e3779b1;
  const random = (): number => {
    state = Math.imul(state ^ (state >>> 15), state | 1);
    state ^= state + Math.imul(state ^ (state >>> 7), state | 61);
    return ((state ^ (state >>> 14)) >>> 0) / 2 ** 32;
  };
  const parts: string[] = [];
  for (let count = 1 + Math.floor(random() * 9); count > 0; count--) {
    parts.push(pieces[Math.floor(random() * pieces.length)]?.(random) ?? "");
  }
  const between = (): string => (random() < 0.85 ? "\n\n" : "\n");
  return { text: parts.map((part) => part + between()).join(""), random };
}
