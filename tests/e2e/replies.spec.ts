import { expect, type Page, test } from "@playwright/test";
import { ask, replies } from "./support/chatSteps.ts";
import { launchApp } from "./support/launchApp.ts";
import { shareApp } from "./support/shareApp.ts";
import { receive, writeNext } from "./support/writeReplies.ts";

const lastReply = (page: Page) => replies(page).last();
const button = (page: Page, name: string | RegExp) => lastReply(page).getByRole("button", { name, exact: true });

/** Opens the menu of the last reply with the keyboard, and chooses a row in it. */
async function choose(page: Page, ...names: string[]): Promise<void> {
  await button(page, "More").focus();
  await page.keyboard.press("Enter");
  for (const name of names) {
    await page.getByRole("menuitem", { name }).focus();
    await page.keyboard.press("Enter");
  }
}

test.describe("with replies of the test's own words", () => {
  const app = shareApp(() => launchApp({ writes: true }));

  test("the row under a reply is there from the start, and does not move when the reply ends", async () => {
    const { page } = app;
    await receive(app, { thought: "One step.", answer: "Not yet", hold: true });
    await expect(lastReply(page).getByTestId("answer")).toHaveText("Not yet");
    const row = lastReply(page).locator(".reply-footer");
    // Within the reply, because notices about the app's start may move the whole conversation.
    const place = async () => {
      const [reply, own] = [await lastReply(page).boundingBox(), await row.boundingBox()];
      return { below: (own?.y ?? 0) - (reply?.y ?? 0), height: own?.height };
    };
    const before = await place();
    expect(before.height).toBe(28);
    await expect(lastReply(page).getByRole("button", { name: "Regenerate" })).toHaveCount(0);
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(button(page, "Regenerate")).toBeVisible();
    expect(await place()).toEqual(before);
  });

  test("a reply that was stopped is continued in its place", async () => {
    const { page } = app;
    await receive(app, { thought: "One step.", answer: "Begun, ", hold: true });
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(lastReply(page)).toContainText("Stopped.");
    const count = await replies(page).count();
    await writeNext(app.home, { answer: "and ended." });
    await button(page, "Continue").click();
    await expect(lastReply(page).getByTestId("answer")).toHaveText("Begun, and ended.");
    await expect(button(page, "Regenerate")).toBeVisible();
    await expect(lastReply(page)).not.toContainText("Stopped.");
    expect(await replies(page).count()).toBe(count);
  });

  test("all figures open with the keyboard, and Esc gives the focus back", async () => {
    const { page } = app;
    await receive(app, { thought: "One step.", answer: "word ".repeat(30), pieceChars: 5 });
    const figures = lastReply(page).getByRole("button", { name: /tok\/s.* in, .* out/ });
    await figures.focus();
    await page.keyboard.press("Enter");
    const all = page.getByRole("dialog", { name: "Speed of this reply" });
    await expect(all).toContainText("Reading the prompt");
    await expect(all).toContainText("Complete");
    await page.keyboard.press("Escape");
    await expect(all).toHaveCount(0);
    await expect(figures).toBeFocused();
    await choose(page, "Speed of this reply");
    await expect(all).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(all).toHaveCount(0);
  });

  test("a deleted reply leaves its question, and Undo brings it back; another model can write another version", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "New chat" }).click();
    await receive(app, { answer: "First version." });
    await choose(page, "Delete reply");
    await expect(replies(page)).toHaveCount(0);
    await expect(page.getByText("This message has no reply.")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Message" })).toBeFocused();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(lastReply(page)).toContainText("First version.");
    await writeNext(app.home, { answer: "Second version." });
    await choose(page, "Regenerate with…", "R1 Nano");
    await expect(lastReply(page)).toContainText("2/2");
    await expect(lastReply(page)).toContainText("Second version.");
    await choose(page, "Delete reply");
    await expect(lastReply(page)).toContainText("First version.");
    await expect(lastReply(page)).not.toContainText("1/1");
  });

  test("an answer is edited as another version, marked and without figures; the next reply follows it", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "New chat" }).click();
    await receive(app, { thought: "A step.", answer: "The model’s words." });
    await choose(page, "Edit answer");
    const field = page.getByRole("textbox", { name: "Message" });
    await expect(field).toBeFocused();
    await expect(field).toHaveValue("The model’s words.");
    await expect(page.getByText("You are editing an answer.")).toBeVisible();
    await expect(page.getByText("Its thought stays as the model wrote it")).toBeVisible();
    await field.fill("My words.");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await expect(lastReply(page).getByTestId("answer")).toHaveText("My words.");
    await expect(lastReply(page)).toContainText("edited by you");
    await expect(lastReply(page)).toContainText("2/2");
    await expect(lastReply(page)).not.toContainText("tok/s");
    await expect(lastReply(page).getByRole("button", { name: /^Thought/ })).toBeVisible();
    await expect(field).toHaveValue("");
    await receive(app, { answer: "What follows." });
    const edited = replies(page).first();
    await expect(edited.getByTestId("answer")).toHaveText("My words.");
    await page.reload();
    await expect(edited).toContainText("edited by you");
    await edited.getByRole("button", { name: "Previous version" }).click();
    await expect(replies(page)).toHaveCount(1);
    await expect(edited.getByTestId("answer")).toHaveText("The model’s words.");
    await expect(edited).toContainText("tok/s");
    await expect(edited).not.toContainText("edited by you");
  });

  test("a reply that was stopped in its thought is continued there, and answers", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "New chat" }).click();
    await receive(app, { thought: "A first step,", answer: "", hold: true });
    await expect(lastReply(page)).toContainText("A first step,");
    await page.getByRole("button", { name: "Stop" }).click();
    await expect(lastReply(page)).toContainText("Stopped.");
    await writeNext(app.home, { thought: " and a second.", answer: "Done." });
    await button(page, "Continue").click();
    await expect(lastReply(page).getByTestId("answer")).toHaveText("Done.");
    await button(page, /^Thought/).click();
    await expect(lastReply(page)).toContainText("A first step, and a second.");
    await expect(replies(page)).toHaveCount(1);
  });

  test("an answer or a thought is edited, and the model continues it, as other versions", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "New chat" }).click();
    await receive(app, { thought: "One is odd.", answer: "The model’s words." });
    await choose(page, "Edit answer");
    const field = page.getByRole("textbox", { name: "Message" });
    await field.fill("My words, ");
    await writeNext(app.home, { answer: "and the model’s." });
    await page.getByRole("button", { name: "Save and let the model continue" }).click();
    const answer = lastReply(page).getByTestId("answer");
    await expect(answer).toHaveText("My words, and the model’s.");
    await expect(lastReply(page)).toContainText("2/2");
    await expect(lastReply(page)).toContainText("edited by you");
    await expect(field).toHaveValue("");
    await writeNext(app.home, { answer: " And more." });
    await choose(page, "Let the model continue");
    await expect(answer).toHaveText("My words, and the model’s. And more.");
    await expect(button(page, "Regenerate")).toBeVisible();

    await choose(page, "Edit thought");
    await expect(field).toHaveValue("One is odd.");
    await expect(page.getByText("You are editing a thought.")).toBeVisible();
    await field.fill("Two is even,");
    await field.blur();
    // What was typed is still there, and still the thought, after the window was loaded again.
    await page.reload();
    await expect(field).toHaveValue("Two is even,");
    await expect(page.getByText("You are editing a thought.")).toBeVisible();
    await writeNext(app.home, { thought: " and prime.", answer: "Two." });
    await page.getByRole("button", { name: "Save and let the model continue" }).click();
    await expect(answer).toHaveText("Two.");
    await expect(lastReply(page)).toContainText("3/3");
    await button(page, /^Thought/).click();
    await expect(lastReply(page)).toContainText("Two is even, and prime.");
    await choose(page, "Edit thought");
    await field.fill("Only my thought.");
    await field.press("Enter");
    await expect(lastReply(page)).toContainText("4/4");
    await button(page, /^Thought/).click();
    await expect(lastReply(page)).toContainText("Only my thought.");
    await expect(answer).toHaveText("Two.");
  });

  test("the map of branches is opened at the versions, moved in by keys, and leads to a message of another branch", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "New chat" }).click();
    await receive(app, { answer: "One way." });
    await receive(app, { answer: "Further on." });
    await writeNext(app.home, { answer: "Another way." });
    await replies(page).first().getByRole("button", { name: "Regenerate" }).click();
    await expect(lastReply(page)).toContainText("Another way.");
    const figures = button(page, /^Version 2\/2/);
    await expect(figures).toBeVisible();
    await figures.focus();
    await page.keyboard.press("Enter");
    const tree = page.getByRole("tree", { name: "Branches of this chat" });
    await expect(tree).toBeFocused();
    const rows = tree.getByRole("treeitem");
    await expect(rows).toHaveText([/Write it\./, /One way\..*1\/2.*3 messages/, /Another way\..*2\/2/]);
    await expect(rows.nth(2)).toHaveAttribute("aria-selected", "true");
    await expect(rows.nth(1)).toHaveAttribute("aria-level", "2");
    await page.keyboard.press("ArrowUp");
    await expect(rows.nth(1)).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("Enter");
    await expect(tree).toHaveCount(0);
    await expect(lastReply(page)).toContainText("Further on.");
    await expect(replies(page).first()).toContainText("One way.");
    await expect(page.getByRole("textbox", { name: "Message" })).toBeFocused();
    await page.keyboard.press("Control+Shift+P");
    await page.keyboard.type("branches");
    await expect(page.getByRole("option").first()).toHaveText("Show the branches of this chat");
    await page.keyboard.press("Enter");
    await expect(tree.getByRole("treeitem", { name: /One way/ })).toHaveAttribute("aria-current", "true");
    await page.keyboard.press("Escape");
    await expect(tree).toHaveCount(0);
  });

  test("a branch is a chat of its own with the messages so far", async () => {
    const { page } = app;
    await page.getByRole("button", { name: "New chat" }).click();
    await receive(app, { thought: "A step.", answer: "Here." });
    const address = page.url();
    await choose(page, "Branch into a new chat");
    await expect(page.getByRole("heading", { level: 1, name: "Write it. (branch)" })).toBeVisible();
    expect(page.url()).not.toBe(address);
    await expect(lastReply(page)).toContainText("Here.");
    await receive(app, { answer: "Only in the branch." });
    await page.goBack();
    await expect(page.getByRole("heading", { level: 1, name: "Write it.", exact: true })).toBeVisible();
    await expect(page.getByText("Only in the branch.")).toHaveCount(0);
  });

  test("while one reads a long thought, its line stays in view, with Copy thought", async () => {
    const { page } = app;
    const thought = Array.from({ length: 200 }, (_, index) => `Step ${index + 1} of 200.`).join("\n\n");
    await receive(app, { thought, answer: "Short." });
    const line = lastReply(page).getByRole("button", { name: /^Thought/ });
    await expect(lastReply(page).getByRole("button", { name: "Copy thought" })).toHaveCount(0);
    await line.click();
    const scroller = page.locator(".conversation-scroll");
    await scroller.evaluate((element) => element.scrollBy(0, 1500));
    await expect(line).toBeInViewport();
    const distance = async () => ((await line.boundingBox())?.y ?? 0) - ((await scroller.boundingBox())?.y ?? 0);
    await expect.poll(distance).toBeLessThan(4);
    await button(page, "Copy thought").click();
    await expect(button(page, "Copied")).toBeVisible();
    expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe(thought);
    await line.click();
    await expect.poll(distance).toBeLessThan(4);
  });

  test("a thought is skipped, which is kept with the reply; a reply that repeats itself offers it too", async () => {
    const { page } = app;
    const reply = { thought: "One step. One step.", answer: "Here.", hold: "thought", isRepeating: true } as const;
    await receive(app, reply);
    const note = lastReply(page).getByRole("alert");
    await expect(note).toContainText("The model seems to be repeating itself.");
    await note.getByRole("button", { name: "Skip thinking" }).focus();
    await page.keyboard.press("Enter");
    await expect(lastReply(page).getByTestId("answer")).toHaveText("Here.");
    await expect(note).toHaveCount(0);
    const line = lastReply(page).getByRole("button", { name: /^Thought.*, skipped$/ });
    await expect(line).toBeVisible();
    await page.reload();
    await expect(line).toBeVisible();

    await receive(app, { ...reply, isRepeating: false });
    await button(page, "Skip thinking").click();
    await expect(lastReply(page).getByTestId("answer")).toHaveText("Here.");
    await expect(lastReply(page).getByRole("alert")).toHaveCount(0);
    // Also where the focus is not in the reply.
    await receive(app, { ...reply, isRepeating: false });
    await page.keyboard.press("Control+Shift+P");
    await page.keyboard.type("skip");
    await expect(page.getByRole("option").first()).toHaveText("Skip thinking");
    await page.keyboard.press("Enter");
    await expect(lastReply(page).getByTestId("answer")).toHaveText("Here.");
  });

  test("the line below a running thought shows its newest words, however long the line is", async () => {
    const { page } = app;
    await receive(app, {
      answer: "Here.",
      hold: "thought",
      thought: `${"An early step, and then ".repeat(20)}the end`,
    });
    const line = lastReply(page).locator(".thought-newest");
    await expect(line).toContainText("the end");
    const beyondItsEnd = () =>
      line.evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().right - element.getBoundingClientRect().right;
      });
    for (const width of [1280, 700]) {
      await page.setViewportSize({ width, height: 800 });
      await expect.poll(beyondItsEnd).toBeLessThanOrEqual(1);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await button(page, "Skip thinking").click();
    await expect(lastReply(page).getByTestId("answer")).toHaveText("Here.");
  });

  test("in a narrow window the row leaves out the time to the first token, then the model, and never wraps", async () => {
    const { page } = app;
    await receive(app, { answer: "Wide and narrow.", pieceChars: 4 });
    const row = lastReply(page).locator(".reply-footer");
    const shown = async (width: number) => {
      await page.setViewportSize({ width, height: 700 });
      await expect.poll(async () => (await row.boundingBox())?.height).toBe(28);
      const [figures, actions] = [row.locator(".reply-speed"), row.locator(".reply-actions")];
      const end = async () => ((await figures.boundingBox())?.x ?? 0) + ((await figures.boundingBox())?.width ?? 0);
      expect(await end()).toBeLessThanOrEqual((await actions.boundingBox())?.x ?? 0);
      const isVisible = (part: string) => row.locator(part).isVisible();
      return [await isVisible(".reply-first"), await isVisible(".reply-model"), await isVisible(".reply-now")];
    };
    expect(await shown(1280)).toEqual([true, true, true]);
    // A long name is whole before the time to the first token is there.
    const model = row.locator(".reply-model");
    const firstIsBelow = async (): Promise<boolean> => {
      const [slot, words] = [row.locator(".reply-first"), row.locator(".reply-first > span > span")];
      const bottom = async () => ((await slot.boundingBox())?.y ?? 0) + ((await slot.boundingBox())?.height ?? 0);
      return ((await words.boundingBox())?.y ?? 0) >= (await bottom());
    };
    expect(await firstIsBelow()).toBe(false);
    const name = await model.textContent();
    await model.evaluate((element) => (element.textContent = "DeepSeek R1 Distill Qwen 14B in long letters"));
    expect(await model.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
    expect(await firstIsBelow()).toBe(true);
    await model.evaluate((element, text) => (element.textContent = text), name);
    expect(await shown(660)).toEqual([false, true, true]);
    expect(await shown(500)).toEqual([false, false, true]);
    // As at 200 % in a small window.
    expect(await shown(400)).toEqual([false, false, true]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});

test("with the setting for long chats, one that outgrows the context goes on by itself, with a line where the model begins", async () => {
  test.slow();
  const app = await launchApp();
  try {
    const { page } = app;
    await page.getByRole("link", { name: "Settings", exact: true }).click();
    await page.getByRole("combobox", { name: "Long chats" }).selectOption("Leave out the oldest messages");
    await expect(
      page.getByText("Nothing is deleted: a line in the chat marks where the model starts to read."),
    ).toBeVisible();
    await page.getByRole("link", { name: "Chat", exact: true }).click();
    await ask(page, "x".repeat(1500));
    const left = page.getByText("The messages above are no longer sent to the model.");
    await expect(left).toHaveCount(0);
    await page.getByRole("textbox", { name: "Message" }).fill("y".repeat(700));
    await page.getByRole("textbox", { name: "Message" }).press("Enter");
    await expect(left).toBeVisible();
    await expect(lastReply(page)).toContainText("tok/s");
    await expect(button(page, "Regenerate")).toBeVisible();
    await expect(page.getByRole("button", { name: "Leave out the oldest messages" })).toHaveCount(0);
    await expect(page.getByRole("article", { name: "You" })).toHaveCount(2);
    // It did not begin again: there is one version.
    await expect(lastReply(page).getByRole("button", { name: /^Next version/ })).toHaveCount(0);
    await page.reload();
    await expect(left).toBeVisible();
  } finally {
    await app.close();
  }
});

test("a chat that outgrows the context goes on: without its oldest messages, or in a new chat with a summary", async () => {
  test.slow();
  const app = await launchApp();
  try {
    const { page } = app;
    await ask(page, "x".repeat(1500));
    await page.getByRole("textbox", { name: "Message" }).fill("y".repeat(700));
    await page.getByRole("textbox", { name: "Message" }).press("Enter");
    await expect(lastReply(page)).toContainText("but the context holds only 2,048");
    // R1 Nano was not made for a larger one.
    await expect(lastReply(page).getByRole("button", { name: /^Use a context of/ })).toHaveCount(0);
    await expect(button(page, "Shorten your message")).toBeVisible();
    await button(page, "Leave out the oldest messages").click();
    await expect(page.getByText("The messages above are no longer sent to the model.")).toBeVisible();
    await expect(lastReply(page)).toContainText("tok/s");
    await expect(button(page, "Regenerate")).toBeVisible();
    await expect(page.getByRole("article", { name: "You" })).toHaveCount(2);

    await page.getByRole("button", { name: "Send them again" }).click();
    await expect(page.getByText("The messages above are no longer sent to the model.")).toHaveCount(0);
    await button(page, "Regenerate").click();
    await expect(lastReply(page)).toContainText("but the context holds only 2,048");
    await button(page, "Continue from a summary").click();
    const field = page.getByRole("textbox", { name: "Message" });
    await expect(field).toHaveValue(/^Summary of our earlier conversation:\n\n\S/, { timeout: 60_000 });
    await expect(page.getByRole("heading", { name: /\(continued\)$/ })).toBeVisible();
    await expect(replies(page)).toHaveCount(0);
  } finally {
    await app.close();
  }
});
