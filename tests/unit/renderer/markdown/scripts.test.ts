import { expect, test } from "vitest";
import { outline } from "./outline.ts";

const cases: [markdown: string, shown: string][] = [
  // A tilde between numbers is a range; two of them strike out.
  ["价格大约 10~20 元，数量 30~40 个。", "价格大约 10~20 元，数量 30~40 个。¶"],
  ["It takes 2~3 hours and 4~5 people.", "It takes 2~3 hours and 4~5 people.¶"],
  ["1～2 个，3〜4 個", "1～2 个，3〜4 個¶"],
  ["~one~ and H~2~O", "~one~ and H~2~O¶"],
  ["~/bin and ~/lib", "~/bin and ~/lib¶"],
  ["~~struck~~ and ~~这个，~~还有", "<del>struck</del> and <del>这个，</del>还有¶"],
  ["3~5天，~~7~9天~~", "3~5天，<del>7~9天</del>¶"],
  // Bold next to punctuation of languages without spaces.
  ["**重点：**先检查配置。", "<b>重点：</b>先检查配置。¶"],
  ["これは**「重要」**です。", "これは<b>「重要」</b>です。¶"],
  ["**答案：**42", "<b>答案：</b>42¶"],
  ["请看**《红楼梦》**这本书。", "请看<b>《红楼梦》</b>这本书。¶"],
  ["这是**“引用”**后面", "这是<b>“引用”</b>后面¶"],
  ["**注意！**不要", "<b>注意！</b>不要¶"],
  ["使用**Node.js（v20）**运行", "使用<b>Node.js（v20）</b>运行¶"],
  ["**Node.js**（v20）", "<b>Node.js</b>（v20）¶"],
  ["**結論：**これは*「例」*です。", "<b>結論：</b>これは<i>「例」</i>です。¶"],
  ["**한국어(조선말)**는 언어입니다.", "<b>한국어(조선말)</b>는 언어입니다.¶"],
  ["**「서울」**은 수도", "<b>「서울」</b>은 수도¶"],
  ["***重要。***次へ", "<i><b>重要。</b></i>次へ¶"],
  ["__重点：__ 先", "<b>重点：</b> 先¶"],
  ["1. **第一步：**打开", "ol(• <b>第一步：</b>打开)"],
  ["| **项目：**名 |\n|---|\n| **値、**と |", "|<b>项目：</b>名|<b>値、</b>と"],
  ["**注意：**`code`后，他说**“好。”**然后走了", "<b>注意：</b><code>code</code>后，他说<b>“好。”</b>然后走了¶"],
  ["**(注)**这里，***「a」***b", "<b>(注)</b>这里，<i><b>「a」</b></i>b¶"],
  ['이것은 **"인용"**입니다', '이것은 <b>"인용"</b>입니다¶'],
  ["**价格：$5**，比$80贵", "<b>价格：$5</b>，比$80贵¶"],
  ["2 * 3 * 4 和 a*b*c", "2 * 3 * 4 和 a<i>b</i>c¶"],
  // Bare addresses end before such punctuation.
  [
    "请看 https://example.com/docs，然后继续。",
    "请看 [https://example.com/docs](https://example.com/docs)，然后继续。¶",
  ],
  ["（https://example.com/a_(b)）。", "（[https://example.com/a_(b)](https://example.com/a_(b))）。¶"],
  ["参见https://example.com。", "参见[https://example.com](https://example.com)。¶"],
  [
    "https://example.com/a、https://example.com/b；完",
    "[https://example.com/a](https://example.com/a)、[https://example.com/b](https://example.com/b)；完¶",
  ],
  ["「https://example.jp/x?y=1&z=2」を見て", "「[https://example.jp/x?y=1&z=2](https://example.jp/x?y=1&z=2)」を見て¶"],
  ["访问https://example.com继续", "访问[https://example.com](https://example.com)继续¶"],
  ["http://localhost:8080即可", "[http://localhost:8080](http://localhost:8080)即可¶"],
  [
    "https://zh.wikipedia.org/wiki/数学 是",
    "[https://zh.wikipedia.org/wiki/数学](https://zh.wikipedia.org/wiki/%E6%95%B0%E5%AD%A6) 是¶",
  ],
  ["**https://example.com/a**，好", "<b>[https://example.com/a](https://example.com/a)</b>，好¶"],
  ["https://example.com/a，**重点：**b", "[https://example.com/a](https://example.com/a)，<b>重点：</b>b¶"],
  [
    "网址：www.example.com，或 a@example.com。",
    "网址：[www.example.com](http://www.example.com)，或 [a@example.com](mailto:a@example.com)。¶",
  ],
  ["انظر https://example.com/ar، ثم", "انظر [https://example.com/ar](https://example.com/ar)، ثم¶"],
  [
    "See https://a.com/x). And (https://b.com/y), ok.",
    "See [https://a.com/x](https://a.com/x)). And ([https://b.com/y](https://b.com/y)), ok.¶",
  ],
  [
    "https://a.com/x. https://a.com/y! “https://a.com/z”",
    "[https://a.com/x](https://a.com/x). [https://a.com/y](https://a.com/y)! “[https://a.com/z](https://a.com/z)”¶",
  ],
  [
    "<https://a.com/x，y> and [z](https://a.com/，)",
    "[https://a.com/x，y](https://a.com/x%EF%BC%8Cy) and [z](https://a.com/%EF%BC%8C)¶",
  ],
  ["[https://a.com](https://b.com)", "[https://a.com](https://b.com)¶"],
  ["`https://a.com，b`", "<code>https://a.com，b</code>¶"],
  [
    "| https://a.com/x | b |\n|---|---|\n|https://a.com/y|c|",
    "|[https://a.com/x](https://a.com/x)|b|[https://a.com/y](https://a.com/y)|c",
  ],
  ["https:// and http://, www. and xhttps://a.com", "https:// and http://, www. and xhttps://a.com¶"],
];
test.each(cases)("%j", (markdown, shown) => {
  expect(outline(markdown)).toBe(shown);
});
