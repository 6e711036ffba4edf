import { expect, test } from "@playwright/test";
import { replies } from "./support/chatSteps.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { receive } from "./support/writeReplies.ts";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

test("what a model writes arrives as it was written, and a reply that does not end is stopped", async () => {
  const { page } = app;
  const answer = "Hello **you** 🙂.\n\n<script>alert(1)</script>";
  await receive(app, { thought: "Let me <b>think</b>.", answer, pieceChars: 1 });
  await expect(replies(page).last().getByTestId("answer")).toContainText("Hello you 🙂.");
  await replies(page)
    .last()
    .getByRole("button", { name: /^Thought/ })
    .click();
  await expect(replies(page).last().getByTestId("thought")).toHaveText("Let me <b>think</b>.");
  await receive(app, { answer: "It goes on", hold: true });
  await expect(replies(page).last().getByTestId("answer")).toContainText("It goes on");
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(replies(page).last()).toContainText("Stopped");
});
