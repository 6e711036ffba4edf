import { expect, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { ask, replies } from "./support/chatSteps.ts";

let app: RunningApp;
test.afterEach(() => app.close());

const textPixels = () => app.page.evaluate(() => getComputedStyle(document.body).fontSize);
const sidebarPixels = async (): Promise<number> =>
  (await app.page.getByRole("complementary", { name: "Chats and screens" }).boundingBox())?.width ?? 0;

test("settings are found, changed and undone with the keyboard alone, and kept for the next start", async () => {
  app = await launchApp();
  let { page } = app;
  await page.getByRole("textbox", { name: "Message" }).waitFor();
  await page.keyboard.press("Control+,");
  const search = page.getByRole("combobox", { name: "Search settings" });
  await search.focus();
  await page.keyboard.type("dark");
  await expect(page.getByRole("option", { name: /Theme/ })).toBeVisible();
  await page.keyboard.press("Enter");
  const theme = page.getByRole("combobox", { name: "Theme" });
  await expect(theme).toBeFocused();
  await expect(page.getByRole("tab", { name: "Appearance" })).toHaveAttribute("aria-selected", "true");
  await theme.selectOption("dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  await page.getByRole("combobox", { name: "Text size" }).selectOption("large");
  await expect.poll(textPixels).toBe("16.0006px");
  await page.getByRole("button", { name: "Undo" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(textPixels).toBe("14px");
  await expect(page.getByRole("combobox", { name: "Text size" })).toBeFocused();
  await page.getByRole("combobox", { name: "Density" }).selectOption("compact");
  await expect(page.locator("html")).toHaveAttribute("data-density", "compact");

  // The tabs are one stop; the arrows move between them.
  await page.getByRole("tab", { name: "Appearance" }).focus();
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("tabpanel", { name: "Privacy" })).toBeVisible();
  await search.fill("no such words");
  await expect(page.getByText("No setting contains these words.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(search).toHaveValue("");
  await app.quit();

  app = await launchApp({ home: app.home });
  ({ page } = app);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.locator("html")).toHaveAttribute("data-density", "compact");
});

test("the app opens with the last chat, unless a new one is chosen; the sidebar keeps its form", async () => {
  app = await launchApp();
  let { page } = app;
  await ask(page, "What is 17 + 25?");
  await expect(replies(page).last().getByTestId("answer")).toContainText("42");
  const edge = page.getByRole("separator", { name: "Width of the sidebar" });
  await edge.focus();
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("ArrowRight");
  expect(await sidebarPixels()).toBe(280);
  await app.quit();

  app = await launchApp({ home: app.home });
  ({ page } = app);
  await expect(replies(page).last().getByTestId("answer")).toContainText("42");
  expect(await sidebarPixels()).toBe(280);
  await page.keyboard.press("Control+b");
  await expect.poll(sidebarPixels).toBe(48);
  await expect(page.getByRole("searchbox", { name: "Search chats" })).toBeHidden();
  await page.keyboard.press("Control+4");
  await page.getByRole("combobox", { name: "Start with" }).selectOption("newChat");
  await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
  await app.quit();

  app = await launchApp({ home: app.home });
  ({ page } = app);
  await expect(page.getByRole("button", { name: "What is 17 + 25?" })).toBeVisible();
  await expect(page.getByRole("article")).toHaveCount(0);
  expect(await sidebarPixels()).toBe(48);
  await page.getByRole("button", { name: "Show chats" }).click();
  await expect.poll(sidebarPixels).toBe(280);
  await expect(page.getByRole("searchbox", { name: "Search chats" })).toBeFocused();
});
