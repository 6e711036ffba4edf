import { expect, test } from "@playwright/test";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { ask, askAndExpectWhole, askAndFreeze, longQuestion, newDraft, replies } from "./support/chatSteps.ts";
import { shareApp } from "./support/shareApp.ts";

test.describe("without a restart", () => {
  const app = shareApp(() => launchApp());

  test("first start: a question is answered, with its thought and its speed", async () => {
    const { page } = app;
    await ask(page, "What is 17 + 25?");
    const reply = replies(page).last();
    await expect(reply).toContainText("tok/s");
    const thought = reply.getByRole("button", { name: /^Thought/ });
    await expect(thought).toHaveAttribute("aria-expanded", "false");
    await expect(reply).toContainText("42");
    await thought.click();
    await expect(thought).toHaveAttribute("aria-expanded", "true");
    const steps = await reply.getByTestId("thought").innerText();
    expect(steps.split("\n").length).toBeGreaterThan(1);
    await expect(reply.getByTestId("answer")).toContainText("42");
    await expect(reply.getByTestId("answer")).not.toContainText(steps.split("\n")[0] ?? "");
  });

  test("what the model will see is shown with what is typed, and the focus returns to the gauge", async () => {
    const { page } = app;
    await ask(page, "What is 6 + 7?");
    await page.getByRole("textbox", { name: "Message" }).fill("And 8 more?");
    const gauge = page.getByRole("button", { name: /^Context:/ });
    await gauge.click();
    await page.getByRole("button", { name: "What the model will see" }).click();
    const sheet = page.getByRole("dialog", { name: "What the model will see" });
    // The earlier thought is not sent again, and the reply begins as DeepSeek recommends.
    await expect(sheet).toContainText(/<｜User｜>What is 6 \+ 7\?<｜Assistant｜>[^<]+<｜end▁of▁sentence｜>/);
    await expect(sheet).toContainText(/<｜User｜>And 8 more\?<｜Assistant｜><think>\s*$/);
    await expect(sheet).toContainText(/R1 Nano: \d+ of [\d,]+ tokens/);
    await page.keyboard.press("Escape");
    await expect(sheet).toBeHidden();
    await expect(gauge).toBeFocused();
    await page.getByRole("textbox", { name: "Message" }).fill("");
  });

  test("the gauge counts an answer that was edited, which has no figures", async () => {
    const { page } = app;
    await ask(page, "What is 8 + 9?");
    const gauge = page.getByRole("button", { name: /^Context:/ });
    await expect(replies(page).last()).toContainText("tok/s");
    await expect(page.getByRole("button", { name: "Send" })).toBeVisible();
    const used = async () => Number(/^Context: (\d+) of/.exec((await gauge.getAttribute("aria-label")) ?? "")?.[1]);
    const before = await used();
    await replies(page).last().getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Edit answer" }).click();
    await page.getByRole("textbox", { name: "Message" }).fill("It is seventeen, as one can count on the fingers.");
    await page.getByRole("textbox", { name: "Message" }).press("Enter");
    await expect(replies(page).last()).toContainText("edited by you");
    await expect.poll(used).toBeGreaterThan(before);
    await expect.poll(used).toBeLessThan(before + 60);
  });

  test("stop keeps the text so far, and the next message works", async () => {
    const { page } = app;
    const engine = await askAndFreeze(page);
    const answer = replies(page).last().getByTestId("answer");
    // There were no figures for a while, and earlier ones do not count as current.
    await expect(replies(page).last()).toContainText("– tok/s");
    await expect(replies(page).last()).toContainText("engine not responding");
    await page.getByRole("button", { name: "Stop" }).click();
    process.kill(engine, "SIGCONT");
    await expect(replies(page).last()).toContainText(/Stopped/);
    // It stalled for seconds, so it is long enough for a chart on any machine.
    await replies(page)
      .last()
      .getByRole("button", { name: /tok\/s/ })
      .click();
    const figures = page.getByRole("dialog", { name: "Speed of this reply" });
    await expect(figures.getByRole("figure", { name: /^Speed of this reply\./ })).toContainText("on average, over");
    await page.keyboard.press("Escape");
    await expect(figures).toHaveCount(0);
    await expect(answer).toContainText("1, 2, 3");
    await expect(answer).not.toContainText("97, 98");
    await askAndExpectWhole(page);
  });

  test("a message that is queued while a reply is written is answered after it", async () => {
    const { page } = app;
    const engine = await askAndFreeze(page);
    const before = await replies(page).count();
    const field = page.getByRole("textbox", { name: "Message" });
    await field.fill("What is 2 + 3?");
    await field.press("Enter");
    await expect(page.getByText("Sent when this reply has ended.")).toBeVisible();
    process.kill(engine, "SIGCONT");
    await expect(replies(page)).toHaveCount(before + 1);
    await expect(field).toHaveValue("");
    await expect(page.getByRole("article", { name: "You" }).last()).toContainText("What is 2 + 3?");
    await expect(replies(page).last().getByRole("button", { name: "Regenerate" })).toBeVisible();
    await expect(replies(page).last()).not.toContainText(/Stopped|Interrupted/);
  });

  test("regenerate writes another version and keeps the first", async () => {
    const { page } = app;
    await ask(page, "What is 20 + 22?");
    await replies(page).last().getByRole("button", { name: "Regenerate" }).click();
    await expect(replies(page).last()).toContainText("2/2");
    await expect(replies(page).last().getByTestId("answer")).toContainText("42");
    await expect(replies(page)).toHaveCount(1);
  });

  test("edit and resend replaces the question in the same place", async () => {
    const { page } = app;
    await ask(page, "What is 3 + 4?");
    await page.getByRole("article", { name: "You" }).getByRole("button", { name: "Edit" }).click();
    const editor = page.getByRole("textbox", { name: "Message" });
    await expect(editor).toHaveValue("What is 3 + 4?");
    await editor.fill("What is 30 + 40?");
    await editor.press("Enter");
    await expect(replies(page).last().getByTestId("answer")).toContainText("70");
    await expect(page.getByRole("article", { name: "You" })).toHaveCount(1);
  });

  test("the engine killed mid-reply: the text is kept, the window stays, the next message works", async () => {
    const { page } = app;
    process.kill(await askAndFreeze(page), "SIGKILL");
    await expect(replies(page).last().getByRole("alert")).toBeVisible();
    await expect(replies(page).last().getByTestId("answer")).toContainText("1, 2, 3");
    await askAndExpectWhole(page);
  });

  test("undo restores a deleted chat", async () => {
    const { page } = app;
    await ask(page, "What is 1 + 1?");
    const chats = page.getByRole("navigation", { name: "Chats" });
    await chats.getByText("What is 1 + 1?").hover();
    await chats
      .getByRole("listitem")
      .filter({ hasText: "What is 1 + 1?" })
      .getByRole("button", { name: "More" })
      .click();
    await page.getByRole("menuitem", { name: /^Delete/ }).click();
    await expect(chats.getByText("What is 1 + 1?")).toHaveCount(0);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(chats.getByText("What is 1 + 1?")).toBeVisible();
  });
});

test.describe("across a restart", () => {
  let app: RunningApp;
  test.beforeEach(async () => {
    app = await launchApp();
  });
  test.afterEach(async () => {
    await app.close();
  });

  test("the chat, its thought and its figures are there after a restart", async () => {
    await ask(app.page, "What is 17 + 25?");
    await app.quit();
    app = await launchApp({ home: app.home });
    const { page } = app;
    await page.getByRole("navigation", { name: "Chats" }).getByText("What is 17 + 25?").click();
    await expect(replies(page).last().getByTestId("answer")).toContainText("42");
    await expect(replies(page).last()).toContainText("tok/s");
    await expect(
      replies(page)
        .last()
        .getByRole("button", { name: /^Thought/ }),
    ).toBeVisible();
  });

  test("a chat that opens with the window is never first shown as empty", async () => {
    const { page } = app;
    await ask(page, "What is 17 + 25?");
    await page.addInitScript(() => {
      const painted: string[] = [];
      Object.assign(window, { painted });
      const note = (): void => {
        const shown = [...document.querySelectorAll(".empty-chat, article")].map(({ className }) => className);
        if (shown[0] !== undefined) painted.push(shown[0]);
        requestAnimationFrame(note);
      };
      requestAnimationFrame(note);
    });
    await page.reload();
    await expect(replies(page).last().getByTestId("answer")).toContainText("42");
    const painted = await page.evaluate(() => (window as unknown as { painted: string[] }).painted);
    expect(painted).not.toContain("empty-chat");
  });

  test("after the window was closed mid-reply, the next start shows the text so far", async () => {
    await askAndFreeze(app.page);
    await app.quit();
    app = await launchApp({ home: app.home });
    await app.page.getByRole("navigation", { name: "Chats" }).getByText(longQuestion).click();
    const reply = replies(app.page).last();
    await expect(reply.getByTestId("answer")).toContainText("1, 2, 3");
    await expect(reply).toContainText(/Stopped|Interrupted/);
    await expect(reply.getByRole("button", { name: "Regenerate" })).toBeVisible();
  });

  test("the draft is kept for each chat, across a restart too", async () => {
    await ask(app.page, "Hello");
    await app.page.getByRole("textbox", { name: "Message" }).fill("half a thought");
    await app.page.getByRole("button", { name: "New chat" }).click();
    await expect(app.page.getByRole("textbox", { name: "Message" })).toHaveValue("");
    await app.page.getByRole("textbox", { name: "Message" }).fill("not yet a chat");
    await expect.poll(() => newDraft(app.page)).toBe("not yet a chat");
    await app.quit();
    app = await launchApp({ home: app.home });
    await expect(app.page.getByRole("textbox", { name: "Message" })).toHaveValue("not yet a chat");
    await app.page.getByRole("navigation", { name: "Chats" }).getByText("Hello").click();
    await expect(app.page.getByRole("textbox", { name: "Message" })).toHaveValue("half a thought");
    // The next start opens with this chat. What is typed before it has been read belongs to it too, after its draft.
    await app.quit();
    app = await launchApp({ home: app.home });
    await expect(app.page.getByRole("textbox", { name: "Message" })).toBeFocused();
    await app.page.keyboard.type("ful gift");
    await expect(app.page.getByRole("textbox", { name: "Message" })).toHaveValue("half a thoughtful gift");
    await app.quit();
    app = await launchApp({ home: app.home });
    await expect(app.page.getByRole("textbox", { name: "Message" })).toHaveValue("half a thoughtful gift");
  });
});
