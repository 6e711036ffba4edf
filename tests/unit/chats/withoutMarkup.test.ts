import { expect, test } from "vitest";
import { withoutMarkup } from "../../../electron/workbench/chats/withoutMarkup.ts";

test.each([
  ["About **bold**, *leaning*, ~~old~~ and `code`", "About bold, leaning, old and code"],
  ["## A heading\n- [x] done\n* item\n> said", "A heading\ndone\nitem\nsaid"],
  ["| Prime | Sum |\n|:---|---:|\n| 2 | 15 |", " Prime Sum \n\n 2 15 "],
  ["See [the page](https://page.example) and ![a cat](cat.png)", "See the page and a cat"],
  ["```js\nlet a = 2 * 3 * 4;\n```", "\nlet a = 2 * 3 * 4;\n"],
  ["snake_case, __init__, 2*3*4 and \\*stars\\*", "snake_case, init, 2*3*4 and *stars*"],
  ["plain words - and more", "plain words - and more"],
])("%j reads %j", (markdown, words) => {
  expect(withoutMarkup(markdown)).toBe(words);
});

test.each(["-", "| ", "[a](", "*", "_", " ", "> ", "#", ":-", "\\", "`"])(
  "very many %j take no longer than as many letters",
  (sign) => {
    const text = `${sign.repeat(Math.floor(199_990 / sign.length))}x`;
    expect(withoutMarkup(text).length).toBeLessThanOrEqual(text.length);
  },
);
