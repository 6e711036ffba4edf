import { expect, test } from "@playwright/test";
import { axeFaults } from "./support/axeFaults.ts";
import { replies } from "./support/chatSteps.ts";
import { launchApp } from "./support/launchApp.ts";
import { receive, writeNext } from "./support/writeReplies.ts";

const says = (result: string) => ({
  thought: String.raw`Is it \boxed{7}?`,
  answer: String.raw`So it is \(\boxed{${result}}\).`,
});

test("several answers agree, the minority is opened on demand, and one keeps as the reply", async () => {
  const app = await launchApp({ writes: true });
  const { page, home } = app;
  await receive(app, says("24"));
  await expect(page.getByRole("region", { name: "Answers to this question" })).toHaveCount(0);
  await writeNext(home, [says("23"), says("24.0"), says(String.raw`\frac{48}{2}`)]);

  // By the keyboard alone.
  await replies(page).last().getByRole("button", { name: "More" }).press("Enter");
  await page.getByRole("menuitem", { name: "Ask several times…" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Ask several times" });
  await expect(dialog.getByRole("combobox", { name: "More answers" })).toHaveValue("4");
  expect(await axeFaults(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Ask" }).press("Enter");
  await expect(dialog).toHaveCount(0);

  const votes = page.getByRole("region", { name: "Answers to this question" });
  await expect(votes).toContainText("3 of 4 say 24. The rest could not have changed that, so it ended early.");
  await expect(replies(page)).toHaveCount(1);
  await expect(replies(page).last()).toContainText("24");
  await expect(votes).not.toContainText("23");
  await votes.getByRole("button", { name: "1 other", exact: true }).press("Enter");
  const minority = votes.getByRole("listitem").filter({ hasText: "1 answer: 23" });
  expect(await axeFaults(page)).toEqual([]);
  await minority.getByRole("button", { name: "Show", exact: true }).press("Enter");
  await expect(replies(page).last().locator("[data-answer]")).toContainText("23");
  await expect(votes).toContainText("3 of 4 say 24.");

  // It is counted from what is stored.
  await page.reload();
  await expect(votes).toContainText("3 of 4 say 24.");
  await expect(replies(page).last().locator("[data-answer]")).toContainText("23");
});

test("asking is stopped, from the keyboard too, and what was written is kept", async () => {
  const app = await launchApp({ writes: true });
  const { page, home } = app;
  await receive(app, says("24"));
  await writeNext(home, { ...says("23"), hold: true });
  await page.keyboard.press("ControlOrMeta+Shift+P");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await palette.getByRole("combobox").fill("several times");
  await palette
    .getByRole("option", { name: /Ask the last question several times/ })
    .first()
    .click();
  await page.getByRole("dialog", { name: "Ask several times" }).getByRole("button", { name: "Ask" }).click();
  const votes = page.getByRole("region", { name: "Answers to this question" });
  await expect(votes.getByRole("progressbar", { name: "Answers" })).toBeVisible();
  await expect(votes).toContainText("Answer 1 of 4");
  await expect(votes).toContainText("1 of 1 says 24.");
  await votes.getByRole("button", { name: "Stop asking" }).click();
  await expect(votes.getByRole("progressbar")).toHaveCount(0);
  await expect(replies(page).last().getByRole("button", { name: "Regenerate" })).toBeVisible();
  await expect(
    replies(page)
      .last()
      .getByRole("button", { name: /^Version 1\/2/ }),
  ).toBeVisible();
});
