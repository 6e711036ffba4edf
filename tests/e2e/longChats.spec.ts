import { expect, type Page, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { type ModelChoices, modelChoicesSchema } from "../../electron/contract/models.ts";
import { ask, replies } from "./support/chatSteps.ts";
import { launchedApps } from "./support/launchedApps.ts";

const launch = launchedApps();

const stands = (page: Page) =>
  page.getByRole("region", { name: "The model reads a summary in place of the messages above." });

/** Has the model take the likeliest token each time: what it writes of the same text is always the same. */
async function writeTheSame(page: Page): Promise<void> {
  const chosen = await page.evaluate(
    (choices: ModelChoices) =>
      (window as unknown as { r1: Bridge }).r1.call("models.setChoices", { modelId: "r1-nano", choices }),
    modelChoicesSchema.parse({ temperature: 0 }),
  );
  expect(chosen).toMatchObject({ ok: true, value: { temperature: 0 } });
}

test("a chat that outgrows the context goes on from a summary, which is shown where the model begins, and can be changed", async () => {
  test.slow();
  const app = await launch();
  const { page } = app;
  await writeTheSame(page);
  await page.getByRole("link", { name: "Settings", exact: true }).click();
  await page.getByRole("combobox", { name: "Long chats" }).selectOption("Summarize the oldest messages");
  await expect(page.getByText(/^The model first writes a summary of them/)).toBeVisible();
  await page.getByRole("link", { name: "Chat", exact: true }).click();
  await ask(page, `${"One and one is two. ".repeat(75)}What is 2 + 3?`);
  await expect(stands(page)).toHaveCount(0);
  await ask(page, "y".repeat(700));
  await expect(stands(page)).toBeVisible();
  await expect(page.getByRole("article", { name: "You" })).toHaveCount(2);
  await expect(replies(page).last().getByRole("alert")).toHaveCount(0);

  await stands(page).getByRole("button", { name: "Show the summary" }).click();
  await expect(stands(page)).toContainText("Summary by R1 Nano");
  await stands(page).getByRole("button", { name: "Edit" }).click();
  const field = stands(page).getByRole("textbox", { name: "Summary" });
  await expect(field).toHaveValue(/\S/);
  await field.fill("They counted to two.");
  await stands(page).getByRole("button", { name: "Save" }).click();
  await expect(stands(page)).toContainText("Summary by R1 Nano, edited");
  await page.getByRole("button", { name: /^Context:/ }).click();
  await page.getByRole("button", { name: "What the model will see" }).click();
  const prompt = page.getByRole("dialog", { name: "What the model will see" });
  await expect(prompt).toContainText("They counted to two.");
  await expect(prompt).not.toContainText("One and one is two.");
  await page.keyboard.press("Escape");
  await expect(prompt).toHaveCount(0);

  await page.reload();
  await stands(page).getByRole("button", { name: "Show the summary" }).click();
  await expect(stands(page)).toContainText("They counted to two.");
  await stands(page).getByRole("button", { name: "Send the messages again" }).click();
  await expect(stands(page)).toHaveCount(0);
});

test("in a chat that has outgrown the context, the model summarizes the oldest messages on request, and goes on", async () => {
  test.slow();
  const app = await launch();
  const { page } = app;
  await writeTheSame(page);
  await ask(page, `${"One and one is two. ".repeat(75)}What is 2 + 3?`);
  await ask(page, "y".repeat(700));
  await expect(replies(page).last()).toContainText("but the context holds only 2,048");
  await replies(page).last().getByRole("button", { name: "Summarize the oldest messages" }).click();
  await expect(stands(page)).toBeVisible({ timeout: 60_000 });
  await expect(replies(page).last()).toContainText("tok/s");
  await expect(replies(page)).toHaveCount(2);
});
