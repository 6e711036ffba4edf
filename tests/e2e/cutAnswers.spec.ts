import { expect, type Page, test } from "@playwright/test";
import { addTwin } from "../support/addTwin.ts";
import { axeFaults } from "./support/axeFaults.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp } from "./support/launchApp.ts";
import { newHome } from "./support/newHome.ts";
import { receive, writeNext } from "./support/writeReplies.ts";

const says = (result: string) => ({ answer: String.raw`So it is \(\boxed{${result}}\).` });
const votesOf = (page: Page) => page.getByRole("region", { name: "Answers to this question" });
const viewOf = (page: Page) => page.getByRole("region", { name: "Answers side by side" });

async function openMenu(page: Page, name: string): Promise<void> {
  await replies(page).last().getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name }).click();
}

/** Has a question that was answered with 24 answered four more times, and resolves during the second of these answers. */
async function beginVote({ page, home }: { page: Page; home: string }): Promise<void> {
  await writeNext(home, [says("23"), { ...says("24"), hold: true }]);
  await openMenu(page, "Ask several times…");
  await page.getByRole("dialog", { name: "Ask several times" }).getByRole("button", { name: "Ask" }).click();
  await expect(votesOf(page)).toContainText("Answer 2 of 4");
  await expect(replies(page).last().locator("[data-answer]")).toContainText("24");
}

test("a vote that was cut because the app was killed says how far it came, and the rest is asked for", async () => {
  let app = await launchApp({ writes: true });
  const { home } = app;
  await receive(app, says("24"));
  await beginVote(app);
  await app.kill();

  app = await launchApp({ home, writes: true });
  const votes = votesOf(app.page);
  await expect(votes).toContainText("1 of 4 answers was written before the app closed.");
  expect(await axeFaults(app.page)).toEqual([]);
  await writeNext(home, says("24"));
  await votes.getByRole("button", { name: "Ask for the rest" }).press("Enter");
  await expect(votes).toContainText("3 of 5 say 24. The rest could not have changed that, so it ended early.");
  await expect(votes.getByRole("button", { name: "Ask for the rest" })).toHaveCount(0);
  await expect(app.page.getByRole("textbox", { name: "Message" })).toBeFocused();
});

test("a vote that was cut because the app was quit is kept as it is", async () => {
  let app = await launchApp({ writes: true });
  const { home } = app;
  await receive(app, says("24"));
  await beginVote(app);
  await app.quit();

  app = await launchApp({ home, writes: true });
  const votes = votesOf(app.page);
  await expect(votes).toContainText("1 of 4 answers was written before the app closed.");
  await votes.getByRole("button", { name: "Keep as it is" }).click();
  await expect(votes).toContainText("It was stopped; what was written is kept.");
  await expect(votes).not.toContainText("before the app closed");
  await app.page.reload();
  await expect(votes).toContainText("It was stopped; what was written is kept.");
});

test("a comparison that was cut because the app was killed names the models that are missing, and asks them", async () => {
  const home = await newHome();
  await addTwin(home, "R1 Twin");
  await addTwin(home, "R1 Trio");
  let app = await launchApp({ home, writes: true });
  await receive(app, says("24"));
  await writeNext(home, { ...says("23"), hold: true });
  await openMenu(app.page, "Compare models…");
  const dialog = app.page.getByRole("dialog", { name: "Compare models" });
  for (const box of await dialog.getByRole("checkbox").all()) await box.check();
  await dialog.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(viewOf(app.page)).toContainText("Model 2 of 3 is answering.");
  await expect(viewOf(app.page).locator("[aria-busy=true]").locator("[data-answer]")).toContainText("23");
  await app.kill();

  app = await launchApp({ home, writes: true });
  const { page } = app;
  const cut = /The app closed before all models had answered\. Still missing: R1 (Twin and R1 Trio|Trio and R1 Twin)\./;
  await expect(page.getByText(cut)).toBeVisible();
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Show side by side" }).click();
  const view = viewOf(page);
  await expect(view.getByText(cut)).toBeVisible();
  await expect(view.getByText("Interrupted, shown in the chat")).toBeVisible();
  await writeNext(home, [says("24.0"), says("25")]);
  await view.getByRole("button", { name: "Ask for the rest" }).press("Enter");
  await expect(view).toContainText("The comparison is complete. 2 of 3 say 24.");
  await expect(view.getByText(cut)).toHaveCount(0);
  // The chat shows the reply that the comparison began with.
  await page.keyboard.press("Escape");
  await expect(replies(page).last().locator("[data-answer]")).toContainText(String.raw`\boxed{24}`);
});
