import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import { openableLinks, refusedLinks } from "../support/links.ts";
import { replies } from "./support/chatSteps.ts";
import { expectStillHere, watchDoorOut } from "./support/doorOut.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { openSink, type Sink } from "./support/Sink.ts";
import { receive } from "./support/writeReplies.ts";

let app: RunningApp;
let sink: Sink;
test.beforeEach(async () => {
  sink = await openSink();
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
  sink.close();
});

test("S5: only web and mail addresses are opened, each after a question that names the host", async () => {
  const door = await watchDoorOut(app);
  const open = (url: string) =>
    app.page.evaluate(
      async (address) => (await (window as unknown as { r1: Bridge }).r1.call("shell.openLink", { url: address })).ok,
      url,
    );
  for (const link of refusedLinks) expect(await open(link), JSON.stringify(link)).toBe(false);
  expect(await open(`https://example.com/${"a".repeat(9000)}`)).toBe(false);
  expect(await door.asked()).toEqual([]);
  for (const [link, host] of openableLinks) {
    expect(await open(link), link).toBe(true);
    expect((await door.asked()).at(-1), link).toBe(`Open ${host}?`);
  }
  const endless = `https://${"bank.example.".repeat(300)}evil.example/`;
  expect(await open(endless)).toBe(true);
  expect((await door.asked()).at(-1)).toMatch(/^Open ….{170,190}\.evil\.example\?$/);
  expect(await door.opened()).toHaveLength(openableLinks.length + 1);
  expect(refusedLinks.length + openableLinks.length + 1).toBeGreaterThanOrEqual(80);

  // The same links in a reply: by click, by middle click, by keyboard, and dragged.
  const before = (await door.opened()).length;
  await receive(app, { answer: refusedLinks.map((link, index) => `[link ${index}](<${link}>)`).join("\n\n") });
  const anchors = replies(app.page).last().getByTestId("answer").locator("a");
  for (const anchor of await anchors.all()) {
    await anchor.click();
    await anchor.click({ button: "middle" });
    await anchor.click({ modifiers: ["ControlOrMeta"] });
    await anchor.press("Enter");
  }
  const answered = (await door.opened()).slice(before);
  expect(answered.filter((url) => !/^(?:https?|mailto):/.test(url))).toEqual([]);
  await expectStillHere(app, sink, "links of a reply");

  // Dragged by the user onto the conversation and the field: at most text is dropped.
  const field = app.page.getByRole("textbox", { name: "Message" });
  for (const link of ["https://example.com/dragged", "mailto:someone@example.com"]) {
    await receive(app, { answer: `[drag me](<${link}>)` });
    const anchor = replies(app.page).last().getByRole("link", { name: "drag me" });
    const asked = (await door.asked()).length;
    await anchor.dragTo(app.page.getByRole("article", { name: "You" }).first());
    await expectStillHere(app, sink, `${link} dragged onto the conversation`);
    await anchor.dragTo(field);
    await expectStillHere(app, sink, `${link} dragged onto the field`);
    await field.fill("");
    expect(await door.asked(), link).toHaveLength(asked);
    // By keyboard alone: one question, with a modifier key too.
    await anchor.focus();
    for (const keys of ["Enter", "Control+Enter", "Shift+Enter", "Alt+Enter"]) await app.page.keyboard.press(keys);
    await expectStillHere(app, sink, `${link} by the keyboard`);
    expect(
      (await door.opened()).slice(before).every((url) => /^(?:https?|mailto):/.test(url)),
      link,
    ).toBe(true);
  }

  // Ways that the page itself creates.
  for (const link of [...refusedLinks, ...openableLinks.map(([url]) => url)]) {
    const asked = (await door.asked()).length;
    const isNull = await app.page.evaluate((url) => {
      try {
        return window.open(url) === null;
      } catch {
        return true;
      }
    }, link);
    expect(isNull, link).toBe(true);
    await expectStillHere(app, sink, `window.open ${link}`);
    const next = (await door.asked()).slice(asked);
    expect(next.length, link).toBeLessThanOrEqual(1);
  }
  expect((await door.opened()).filter((url) => !/^(?:https?|mailto):/.test(url))).toEqual([]);
});
