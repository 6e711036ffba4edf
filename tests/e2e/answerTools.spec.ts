import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Locator, test } from "@playwright/test";
import { inMain } from "../support/inMain.mjs";
import { axeFaults } from "./support/axeFaults.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp } from "./support/launchApp.ts";
import { markupOf } from "./support/markupOf.ts";
import { shareApp } from "./support/shareApp.ts";
import { receive } from "./support/writeReplies.ts";

const app = shareApp(() => launchApp({ writes: true }));

const answer = (): Locator => replies(app.page).last().getByTestId("answer");
const copied = (): Promise<string> => inMain(app.electron, ({ clipboard }) => clipboard.readText()) as Promise<string>;

/** Selects from the beginning of one element to the end of another, and copies that as the user does. */
async function copySelection(from: Locator, to: Locator): Promise<void> {
  const last = await to.elementHandle();
  await from.evaluate((first, end) => {
    if (end === null) return;
    getSelection()?.setBaseAndExtent(first, 0, end, end.childNodes.length);
    document.addEventListener(
      "copy",
      ({ clipboardData }) => Object.assign(window, { copiedHtml: clipboardData?.getData("text/html") ?? "" }),
      { once: true },
    );
  }, last);
  await inMain(app.electron, ({ clipboard }) => clipboard.clear());
  await app.page.keyboard.press("ControlOrMeta+c");
}

test("a formula is copied as LaTeX and as MathML, with the mouse and with keys", async () => {
  await receive(app, { answer: "The half is $\\frac{1}{2}$, and\n\n$$x^2 = 4 \\tag{7}$$\n\nso $x = 2$." });
  const { page } = app;
  const formulas = answer().locator(".formula");
  await expect(formulas).toHaveCount(3);
  await formulas.first().locator(".katex-html").click();
  await page.getByRole("menuitem", { name: "Copy as LaTeX" }).click();
  await expect.poll(copied).toBe("\\frac{1}{2}");
  await formulas.first().focus();
  await page.keyboard.press("ArrowRight");
  await expect(formulas.nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Copy as MathML" })).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole("menuitem", { name: "Copy as MathML" }).press("Enter");
  await expect.poll(copied).toMatch(/^<math [^>]*display="block".*<mn>4<\/mn>.*\(7\).*<\/math>$/u);
  expect(await copied()).not.toContain("annotation");
  await expect(formulas.nth(1)).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(formulas.nth(2)).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(formulas.nth(1)).toBeFocused();
});

test("a selection across formulas is copied with their LaTeX, and the page stays as it is", async () => {
  await receive(app, {
    answer:
      "First $a_1$ and **bold**.\n\n$$\\int_0^1 x\\,dx$$\n\n- One $b$\n- Two\n\n\\begin{align}\nc &= d\n\\end{align}\n\nEnd.",
  });
  await expect(answer().locator("p").last()).toHaveText("End.");
  await expect(answer().locator(".katex")).toHaveCount(4);
  const before = await markupOf(answer());
  await copySelection(answer().locator("p").first(), answer().locator("p").last());
  await expect.poll(copied).toContain("First $a_1$ and bold.");
  const text = await copied();
  expect(text).toContain("$$\\int_0^1 x\\,dx$$");
  expect(text).toContain("One $b$\n");
  expect(text).toMatch(/\n\\begin\{align\}\nc &= d\n\\end\{align\}\n/u);
  expect(text.endsWith("End.")).toBe(true);
  const html = await app.page.evaluate(() => (window as unknown as { copiedHtml: string }).copiedHtml);
  expect(html).toContain("First $a_1$ and <strong>bold</strong>.");
  expect(html).not.toMatch(/katex|class=|<button/u);
  expect(await markupOf(answer())).toBe(before);
  // Within one formula, all of it.
  await copySelection(answer().locator(".mord").first(), answer().locator(".mord").first());
  await expect.poll(copied).toBe("$a_1$");
});

test("equations are numbered through the reply, also where only a part of it is drawn", async () => {
  const equation = "\\begin{equation}\n\\frac{a}{b} = \\sqrt{c^2 + d^2}\n\\end{equation}\n\n";
  await receive(app, {
    answer: `${`Words.\n\n${equation}`.repeat(100)}\\begin{align}\na &= b \\label{eq:x} \\\\\nc &= d \\notag \\\\\ne &= f\n\\end{align}\n\n$$g \\tag{*}$$\n\nEnd.`,
  });
  const numbers = answer().locator(".katex-html .eqn-num");
  await expect(numbers.last()).toHaveText("(102)");
  await expect(numbers.nth(-2)).toHaveText("(101)");
  await expect(answer().locator(".katex-html .tag").last()).toHaveText("(*)");
  await expect(answer().getByText("\\begin{equation}").first()).toBeAttached();
  await app.page.locator(".conversation-scroll").hover();
  await app.page.mouse.wheel(0, -100_000);
  await expect(numbers.first()).toHaveText("(1)");
});

test("a formula that is wider than the page scrolls in its line", async () => {
  const long = Array.from({ length: 60 }, (_, index) => `x_{${index}}`).join(" ");
  await receive(app, { answer: `- In a list: $\\frac{${long}}{2}$ and so on\n\n$$\\frac{${long}}{3}$$\n\nEnd.` });
  const wide = answer().locator(".base.is-wide").first();
  await expect(wide).toBeVisible();
  expect(await wide.evaluate((node) => node.scrollWidth > node.clientWidth)).toBe(true);
  const display = answer().locator(".katex-display");
  expect(await display.evaluate((node) => node.scrollWidth > node.clientWidth)).toBe(true);
  const scroller = app.page.locator(".conversation-scroll");
  expect(await scroller.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  await answer().locator(".formula").first().focus();
  await app.page.keyboard.press("ArrowRight");
  await expect.poll(() => wide.evaluate((node) => node.scrollLeft)).toBeGreaterThan(0);
});

test("a table is sorted by a column, back to its own order, and copied as it is shown", async () => {
  await receive(app, {
    answer:
      "| Planet | Mass | Formula $m$ |\n|---|---:|---|\n| Earth | 5.97 | $a$ |\n| Mars | 0.642 | =1+1 |\n| Jupiter | 1,898 | a, b |\n",
  });
  const { page } = app;
  const table = answer().getByRole("table");
  const first = (): Promise<string[]> => table.locator("tbody tr > td:first-child").allTextContents();
  const mass = table.getByRole("button", { name: "Mass" });
  await mass.click();
  expect(await first()).toEqual(["Mars", "Earth", "Jupiter"]);
  await expect(table.getByRole("columnheader", { name: "Mass" })).toHaveAttribute("aria-sort", "ascending");
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press("Enter");
  expect(await first()).toEqual(["Jupiter", "Earth", "Mars"]);
  await answer().getByRole("button", { name: "Copy as CSV" }).click();
  await expect
    .poll(copied)
    .toBe('Planet,Mass,Formula $m$\r\nJupiter,"1,898","a, b"\r\nEarth,5.97,$a$\r\nMars,0.642,\'=1+1\r\n');
  await answer().getByRole("button", { name: "Copy for a spreadsheet" }).click();
  await expect.poll(copied).toContain("Jupiter\t1,898\ta, b\n");
  await mass.click();
  expect(await first()).toEqual(["Earth", "Mars", "Jupiter"]);
  await expect(table.locator("th[aria-sort]")).toHaveCount(0);
  await table.getByRole("button", { name: "Sort by this column" }).click();
  await expect(table.locator("th[aria-sort]")).toHaveCount(1);
});

test("a long table scrolls in itself, under its column names", async () => {
  const rows = Array.from({ length: 120 }, (_, index) => `| ${index} | ${index * index} |`).join("\n");
  await receive(app, { answer: `| n | square |\n|---|---|\n${rows}\n\nEnd.` });
  const scroller = answer().locator(".table-scroll");
  await expect(answer().getByText("End.")).toBeVisible();
  expect(await scroller.evaluate((node) => node.scrollHeight > node.clientHeight)).toBe(true);
  await scroller.evaluate((node) => node.scrollTo(0, node.scrollHeight));
  await expect(answer().getByRole("columnheader", { name: "square" })).toBeInViewport();
});

test("code is wrapped, numbered and saved, and both choices are remembered", async () => {
  const { outputDir } = test.info();
  const code = `def total(numbers):\n    return ${"1 + ".repeat(80)}1\n\nprint(total([]))`;
  await receive(app, { answer: `\`\`\`python\n${code}\n\`\`\`` });
  const { page } = app;
  const block = answer().locator("figure.code");
  const pre = block.locator("pre");
  const isWide = (): Promise<boolean> => pre.evaluate((node) => node.scrollWidth > node.clientWidth);
  expect(await isWide()).toBe(true);
  await block.getByRole("button", { name: "Wrap long lines" }).click();
  await expect.poll(isWide).toBe(false);
  await block.getByRole("button", { name: "Line numbers" }).click();
  await expect(block.locator(".code-line")).toHaveCount(4);
  expect(await axeFaults(page)).toEqual([]);
  await copySelection(pre.locator("code"), pre.locator("code"));
  // The numbers are not part of what is selected.
  await expect.poll(copied).toBe(code);
  await mkdir(outputDir, { recursive: true });
  const filePath = join(outputDir, "saved.py");
  await app.electron.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = ((_window: unknown, { defaultPath }: { defaultPath: string }) => {
      process.env["R1_TEST_SUGGESTED"] = defaultPath;
      return Promise.resolve({ canceled: false, filePath: chosen });
    }) as never;
  }, filePath);
  await block.getByRole("button", { name: "Save code as a file" }).click();
  await expect.poll(() => readFile(filePath, "utf8").catch(() => "")).toBe(`${code}\n`);
  expect(await app.electron.evaluate(() => process.env["R1_TEST_SUGGESTED"])).toBe("code.py");
  await page.reload();
  await expect(block.locator(".code-line")).toHaveCount(4);
  await expect(block.getByRole("button", { name: "Wrap long lines" })).toHaveAttribute("aria-pressed", "true");
  await block.getByRole("button", { name: "Line numbers" }).click();
  await block.getByRole("button", { name: "Wrap long lines" }).click();
  await expect(block.locator(".code-line")).toHaveCount(0);
});
