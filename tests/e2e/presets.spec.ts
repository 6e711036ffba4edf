import { expect, type Page, test } from "@playwright/test";
import { launchApp } from "./support/launchApp.ts";
import { shareApp } from "./support/shareApp.ts";

const field = (page: Page) => page.getByRole("textbox", { name: "Message" });
const sheet = (page: Page, name: string) => page.getByRole("dialog", { name });

test.describe("prompt presets", () => {
  const app = shareApp(() => launchApp());

  test("a slash in an empty message opens them; the variable of one is filled in, and the text goes into the message", async () => {
    const { page } = app;
    await field(page).focus();
    await page.keyboard.press("/");
    await expect(sheet(page, "Prompt presets").getByRole("button", { name: /^Web page in one file/ })).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const form = sheet(page, "Reason step by step, put the result in \\boxed{}");
    await expect(form.getByRole("textbox", { name: "problem" })).toBeFocused();
    await page.keyboard.type("What is 17 + 25?");
    await page.keyboard.press("Control+Enter");
    await expect(field(page)).toHaveValue(
      "What is 17 + 25?\n\nPlease reason step by step, and put your final answer within \\boxed{}.",
    );
    await expect(field(page)).toBeFocused();
    // As if it had been typed.
    await page.keyboard.press("Control+Z");
    await expect(field(page)).toHaveValue("");
  });

  test("a second slash is a character, and in a message that is not empty so is the first", async () => {
    const { page } = app;
    await field(page).fill("");
    await field(page).press("/");
    await expect(sheet(page, "Prompt presets")).toBeVisible();
    await page.keyboard.press("/");
    await expect(sheet(page, "Prompt presets")).toHaveCount(0);
    await expect(field(page)).toHaveValue("/");
    await field(page).press("/");
    await expect(field(page)).toHaveValue("//");
    await field(page).fill("");
  });

  test("own ones are made, used from the palette, changed, deleted and restored, and are there after a reload", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "Prompt presets" }).click();
    const list = sheet(page, "Prompt presets");
    await list.getByRole("button", { name: "New preset" }).click();
    const editor = sheet(page, "New preset");
    await editor.getByRole("textbox", { name: "Name" }).fill("Greeting <b>");
    await editor.getByRole("textbox", { name: "Prompt" }).fill("Greet {{name}} in {{language}}.");
    await editor.getByRole("button", { name: "Save" }).click();
    await list.getByRole("button", { name: "Edit: Greeting <b>" }).click();
    const changed = sheet(page, "Edit preset");
    await changed.getByRole("textbox", { name: "Prompt" }).fill("Kindly greet {{name}} in {{language}}.");
    await changed.getByRole("button", { name: "Save" }).click();
    await list.getByRole("button", { name: "Delete: Greeting <b>" }).click();
    await expect(list.getByRole("button", { name: "Edit: Greeting <b>" })).toHaveCount(0);
    await list.getByRole("button", { name: "Undo" }).click();
    await expect(list.getByRole("button", { name: "Edit: Greeting <b>" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(list).toHaveCount(0);

    await page.reload();
    // Before that, a key does nothing.
    await expect(field(page)).toBeFocused();
    await page.keyboard.press("Control+Shift+P");
    await page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill("presets");
    await expect(page.getByRole("option").first()).toHaveText("Prompt presets…");
    await page.keyboard.press("Enter");
    await list.getByRole("button", { name: /^Greeting <b> ?Kindly/ }).click();
    const form = sheet(page, "Greeting <b>");
    await form.getByRole("textbox", { name: "name" }).fill("Ada");
    await form.getByRole("button", { name: "Put into the message" }).click();
    await expect(field(page)).toHaveValue("Kindly greet Ada in {{language}}.");
    await field(page).fill("");
  });
});
