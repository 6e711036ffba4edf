import { expect, test } from "vitest";
import { outline } from "./outline.ts";

const page =
  "<!DOCTYPE html>\n<html>\n<head>\n<style>\nbody { a: b }\n\n    .x { }\n</style>\n</head>\n\n<body>\n\n# hi\n\n- a\n</body>\n</html>";

const whole = [
  "<script>\nlet a = 1;\n\n# not a heading\n* not a list\n</script>",
  "<div>\n\n# x\n\n<div>\n\n* y\n\n</div>\n\n    z\n</div>",
  "<table>\n<tr>\n\n<td>1\n\n2</td>\n\n</tr>\n</table>",
  '<svg>\n\n<path d="M0 0"/>\n\n</svg>',
  "<ul>\n  <li>a</li>\n\n  <li>b</li>\n</ul>",
  "<form>\n\n  <input>\n\n**b** $x$ \\(y\\)\n\n</form>",
  "<style>\n\n.a { }\n\n.b { }\n</style>",
  "<!-- a\n\n# x\n\n<!-- y\n-->",
  "<?php\n\n# x\n\n?>",
  "<pre>\n\n    x\n\n* y\n</pre>",
  "<p>\n\n文字，**不是粗体**\n\n</p>",
];
test.each(whole)("HTML without a fence is text, including blank lines: %j", (html) => {
  expect(outline(html)).toBe(`${html}¶`);
  expect(outline(`# Before\n\n${html}\n\n# After`)).toBe(`h1(Before)${html}¶h1(After)`);
  expect(outline(html.replaceAll("\n", "\r\n"))).toBe(`${html}¶`);
});

const cases: [markdown: string, shown: string][] = [
  [page, `${page.replace("<!DOCTYPE html>\n", "<!DOCTYPE html>¶")}¶`],
  ["- a\n\n  <div>\n\n  # x\n\n  </div>\n- b", "ul(• a¶<div>\n\n# x\n\n</div>¶• b¶)"],
  ["> <div>\n>\n> # x\n>\n> </div>\n\n# y", "blockquote(<div>\n\n# x\n\n</div>¶)h1(y)"],
  // Tags that models put around Markdown.
  [
    "<details>\n<summary>More</summary>\n\n**bold** \\(x\\)\n\n</details>",
    "<details>\n<summary>More</summary>¶<b>bold</b> ⟦x⟧¶</details>¶",
  ],
  ["<think>\n\nok **x**\n\n</think>\n\nAnswer", "<think>¶ok <b>x</b>¶</think>¶Answer¶"],
  // A tag without an end extends only as far as in CommonMark.
  ["<div>\n\n# x", "<div>¶h1(x)"],
  ["<div> and </div> are tags.\n\n# x", "<div> and </div> are tags.¶h1(x)"],
  ["<div>\n\n```html\n</div>\n```", "<div>¶‹</div>›"],
  ["text <b>b</b> <img src=x onerror=alert(1)> text", "text <b>b</b> <img src=x onerror=alert(1)> text¶"],
  ["```html\n<div>\n\n</div>\n```", "‹<div>\n\n</div>›"],
  // The only tag with an effect.
  ["| Step | What |\n|---|---|\n| 1 | first<br>second |", "|Step|What|1|first<br>second"],
  ["| a<br/>b<br />c<BR>d |\n|---|\n| 一<br>二 |", "|a<br>b<br>c<br>d|一<br>二"],
  ["| a<br><br>b |\n|---|\n| \\(x\\)<br>`y` |", "|a<br><br>b|⟦x⟧<br><code>y</code>"],
  ["| tag |\n|---|\n| <br> |", "|tag|<br>"],
  ["| a<br class=x>b |\n|---|\n| a<br onload=x>b |", "|a<br class=x>b|a<br onload=x>b"],
  ["one<br>two", "one<br>\ntwo¶"],
  ["- one<br/>two", "ul(• one<br>two)"],
  ["Write <br> for a new line, or (<br/>).", "Write <br> for a new line, or (<br/>).¶"],
  ["`a<br>b`", "<code>a<br>b</code>¶"],
];
test.each(cases)("%j", (markdown, shown) => {
  expect(outline(markdown)).toBe(shown);
});

const lineEnds: [markdown: string, shown: string][] = [
  ["```py\r\nprint(1)\r\n```\r\n\r\nSo \\(x^2\\) holds.\r\n", "‹print(1)›So ⟦x^2⟧ holds.¶"],
  ["a\r\rb\r# c", "a¶b¶h1(c)"],
  ["\\[\r\nx\r\n\r\n= 5\r\n\\]", "⟦⟦x\n= 5⟧⟧"],
  ["| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n", "|a|b|1|2"],
  ["- a\r\n- b\r\n\r\n  c", "ul(• a¶• b¶c¶)"],
  ["~~~\r\ncode\r\n~~~\r\ntext", "‹code›text¶"],
];
test.each(lineEnds)("CR LF and CR end lines like LF: %j", (markdown, shown) => {
  expect(outline(markdown)).toBe(shown);
});

const others: [markdown: string, shown: string][] = [
  ["- [ ] todo\n- [x] done", "ul(• [ ] todo• [x] done)"],
  ["1. [ ] a\n\n   b", "ol(• [ ] a¶b¶)"],
  ["1. a\n\n   ```js\n   x\n\n   y\n   ```\n   - b", "ol(• a¶‹x\n\ny›ul(• b))"],
  ["| a | b |\n|:--|--:|\n| 10 GB | 2,000 tokens/s |", "|a|b|10 GB|2,000 tokens/s"],
  ["``` \n``\n```", "‹``›"],
  ["a ``b`c`` d `e", "a <code>b`c</code> d `e¶"],
  ["![x](https://a.com/b.png)", "img()¶"],
];
test.each(others)("%j", (markdown, shown) => {
  expect(outline(markdown)).toBe(shown);
});

test("a footnote is text with formulas, and a link to it", () => {
  expect(outline("text[^1]\n\n[^1]: note \\(x\\)")).toContain("note ⟦x⟧");
});
