import { expect, type Locator, test } from "@playwright/test";
import { replies } from "./support/chatSteps.ts";
import { launch } from "./support/launch.ts";
import { shareApp } from "./support/shareApp.ts";
import { receive } from "./support/writeReplies.ts";

const app = shareApp(() => launch({ writes: true }));

const answer = (): Locator => replies(app.page).last().getByTestId("answer");

/** Returns the number of lines on which an element's words are rendered. */
const linesOf = (element: Locator): Promise<number> =>
  element.evaluate((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    return new Set(Array.from(range.getClientRects(), ({ top, height }) => Math.round((top + height / 2) / 12))).size;
  });

/** Returns whether an element's words begin nearer to its right side. */
const beginsRight = (element: Locator): Promise<boolean> =>
  element.evaluate((node) => {
    const range = document.createRange();
    range.selectNodeContents(node);
    const words = range.getBoundingClientRect();
    const box = node.getBoundingClientRect();
    return box.right - words.right < words.left - box.left;
  });

test("Arabic runs from right to left in thought, answer, cell and composer, and English beside it does not", async () => {
  await receive(app, {
    thought: "حسنا، السؤال سهل.",
    answer:
      "مرحبا! هذا جواب.\n\n- النقطة **الثانية**!\n\n| الاسم | الحجم |\n|---|---|\n| نموذج | 10 GB |\n\nIn English.\n\n`npm start` أمر.",
  });
  const { page } = app;
  for (const words of [answer().locator("p").first(), answer().locator("li")]) {
    await expect(words).toHaveCSS("direction", "rtl");
    expect(await beginsRight(words)).toBe(true);
  }
  await expect(answer().locator("table")).toHaveCSS("direction", "rtl");
  const right = async (element: Locator): Promise<number> => {
    const box = await element.boundingBox();
    return (box?.x ?? Number.NaN) + (box?.width ?? Number.NaN);
  };
  expect(await right(answer().locator("table"))).toBeCloseTo(await right(answer().locator("p").first()), 0);
  await expect(answer().locator("code")).toHaveCSS("direction", "ltr");
  const english = answer().getByText("In English.");
  await expect(english).toHaveCSS("direction", "ltr");
  expect(await beginsRight(english)).toBe(false);
  await replies(page)
    .last()
    .getByRole("button", { name: /^Thought/ })
    .click();
  await expect(replies(page).last().getByTestId("thought")).toHaveCSS("direction", "rtl");
  const field = page.getByRole("textbox", { name: "Message" });
  await field.fill("ما هو؟");
  await expect(field).toHaveCSS("direction", "rtl");
  await field.fill("What?");
  await expect(field).toHaveCSS("direction", "ltr");
});

test("a model's output in any script is shown unchanged", async () => {
  await receive(app, {
    answer:
      "**重点：**先看 https://example.com/docs，价格 10~20 元。\r\n\r\n$x + 1 = \\boxed{5}$，$5 和 $6。\r\n\r\n```py\r\nprint(1)\r\n```\r\n\r\n\\begin{align}\r\na &= b\r\n\\end{align}\r\n\r\n<div>\r\n\r\n# text\r\n\r\n</div>\r\n",
    pieceChars: 3,
  });
  await expect(answer().locator("strong")).toHaveText("重点：");
  await expect(answer().getByRole("link")).toHaveText("https://example.com/docs");
  await expect(answer()).toContainText("，价格 10~20 元。");
  await expect(answer()).toContainText("，$5 和 $6。");
  await expect(answer().locator(".katex")).toHaveCount(2);
  await expect(answer().locator(".katex-display")).toHaveCount(1);
  await expect(answer().locator("figure.code code")).toHaveText("print(1)");
  await expect(answer().locator("h1, del")).toHaveCount(0);
});

test("a figure stays with its unit, a cell breaks where the answer says so, a box is on the line of its words", async () => {
  const long =
    "A long text that has to wrap, because no table has room for all of it on one line, wherever it is read.";
  await receive(app, {
    answer: `| Step | Memory | Note |\n|---|---|---|\n| one<br>two | 10 GB | ${long} ${long} |\n\n- [ ] to be done\n- [x] done`,
  });
  const cell = (index: number): Locator => answer().locator("td").nth(index);
  expect(await linesOf(cell(0))).toBe(2);
  expect(await linesOf(cell(1))).toBe(1);
  expect(await linesOf(cell(2))).toBeGreaterThan(1);
  const table = answer().locator("table");
  expect((await table.boundingBox())?.width).toBeLessThanOrEqual((await answer().boundingBox())?.width ?? 0);
  for (const item of await answer().locator("li").all()) {
    const box = await item.getByRole("checkbox").boundingBox();
    const line = await item.boundingBox();
    expect(box?.height).toBeLessThanOrEqual(line?.height ?? 0);
    expect(line?.height).toBeLessThan(2 * (box?.height ?? 0));
  }
});

test("paragraphs are equally spaced, wherever a long answer is divided for rendering", async () => {
  const words = "It has enough words to fill more than one line of the answer, as most paragraphs do. ".repeat(2);
  const paragraphs = Array.from({ length: 60 }, (_, index) => `Paragraph ${index + 1}. ${words}`);
  await receive(app, { answer: paragraphs.join("\n\n") });
  // All of it is visible, so that all of it is laid out.
  await app.page.setViewportSize({ width: 1280, height: 8000 });
  await expect(answer().locator("p")).toHaveCount(paragraphs.length);
  expect(await answer().locator(".answer-part").count()).toBeGreaterThan(1);
  await expect
    .poll(() =>
      answer()
        .locator("p")
        .evaluateAll((all) => {
          const boxes = all.map((each) => each.getBoundingClientRect());
          const gaps = boxes.slice(1).map(({ top }, index) => top - (boxes[index]?.bottom ?? 0));
          return Math.max(...gaps) - Math.min(...gaps);
        }),
    )
    .toBeLessThan(1);
});
