import { expect, test } from "@playwright/test";
import { escapingPage } from "../support/preview/escapingPage.ts";
import { hostilePages } from "../support/preview/hostilePages.ts";
import { inMain } from "../support/inMain.mjs";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { openSink, type Sink } from "./support/Sink.ts";
import { htmlPage, previewOf } from "./support/previewOf.ts";

let app: RunningApp;
let sink: Sink;
test.beforeEach(async () => {
  sink = await openSink();
  app = await launchApp();
});
test.afterEach(async () => {
  await app.close();
  sink.close();
});

/** A page has done what it can long before, but machines are busy. */
const patienceMs = 45_000;

/** What the app looks like from outside: its windows, and what it was asked to do. */
async function outside(): Promise<{ windows: number; ledger: unknown; title: string }> {
  const windows = await inMain(app.electron, ({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  const ledger = await app.page.evaluate(async () => {
    const { r1 } = globalThis as unknown as { r1: { call: (name: string, input: object) => Promise<unknown> } };
    return await r1.call("network.connections", {});
  });
  return { windows, ledger, title: await app.page.title() };
}

// A page may take half a minute until it is there on a busy machine, and the tests wait for several.
test.describe.configure({ timeout: 180_000 });

test("no hostile page gets out, to another machine or at the user", async () => {
  test.setTimeout(900_000);
  const tried = await app.watch();
  const before = await outside();
  const preview = await previewOf(app);
  const failed: string[] = [];
  for (const [index, { name, html, line, holds }] of hostilePages.entries()) {
    await preview.listen();
    const file = { name: `page${index}.html`, text: html.replaceAll("SINK", sink.address) };
    await preview.show({ kind: "html", files: [file] });
    try {
      if (line !== undefined) await preview.expectLine(line, patienceMs, name);
      if (holds !== undefined) {
        // The address shows that it is this page that answers, and not the one before it.
        const asked = `location.pathname === "/${file.name}" && (${holds})`;
        const held = (): Promise<unknown> => preview.inPage(asked).catch(String);
        await expect.poll(held, { message: name, timeout: patienceMs }).toBe(true);
      }
      expect(await preview.views(), name).toBe(1);
    } catch (error) {
      failed.push(`${name}: ${String(error).slice(0, 500)}`);
    }
  }
  expect(failed).toEqual([]);
  await preview.call("preview.close");
  expect(sink.arrived).toEqual([]);
  expect(await tried()).toEqual([]);
  expect(await outside()).toEqual(before);
});

test("lines without end cost the app little: most are left out where they are made, and counted", async () => {
  const preview = await previewOf(app);
  await preview.show(
    htmlPage("<body><script>setInterval(() => { for (let i = 0; i < 2000; i++) console.log(i) }, 10)</script>"),
  );
  await expect.poll(async () => (await preview.seen()).dropped, { timeout: 60_000 }).toBeGreaterThan(5000);
  expect(await preview.state()).toBe("running");
  const { entries } = await preview.seen();
  expect(entries.length).toBeLessThan(5000);
  expect(entries[0]).toEqual({ level: "log", text: "0", line: 1, file: "index.html", count: 1 });
});

test("a page dies ten times, and is gone with the page that showed it", async () => {
  test.setTimeout(200_000);
  const preview = await previewOf(app);
  for (let time = 0; time < 10; time++) {
    await preview.show(htmlPage("<p>x</p>"));
    await preview.expectState("running");
    await inMain(app.electron, ({ webContents }) => {
      const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith("workbench-preview:"));
      contents?.forcefullyCrashRenderer();
    });
    await preview.expectState("crashed");
    expect(await preview.views()).toBe(0);
  }
  await preview.show(htmlPage("<p>x</p>"));
  await preview.expectState("running");
  await app.page.reload();
  await expect.poll(() => preview.views()).toBe(0);
});

test("a page that closes itself has ended, and leaves no view above the window and no process", async () => {
  await inMain(app.electron, ({ app: main }) => {
    main.on("web-contents-created", (_event, contents) => {
      contents.on("did-navigate", () => Object.assign(globalThis, { pageProcess: contents.getOSProcessId() }));
    });
  });
  const preview = await previewOf(app);
  const children = (): Promise<number> =>
    inMain(app.electron, ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.contentView.children.length ?? -1);
  const isThere = (): Promise<boolean> =>
    inMain(app.electron, ({ app: main }) => {
      const { pageProcess } = globalThis as unknown as { pageProcess: number };
      return main.getAppMetrics().some(({ pid }) => pid === pageProcess);
    });
  const before = await children();
  // Chromium would keep the process of the second one for half a minute, for what it has sent.
  for (const html of ["<p>x</p><script>close()</script>", escapingPage]) {
    await preview.show(htmlPage(html));
    await preview.expectState("crashed");
    await expect.poll(children).toBe(before);
    await expect.poll(isThere, { timeout: 10_000 }).toBe(false);
  }
  await preview.show(htmlPage("<p>x</p>"));
  await preview.expectState("running");
  expect(await isThere()).toBe(true);
  await preview.call("preview.close");
  await expect.poll(children).toBe(before);
});

test("a page cannot hold on when another one is shown, and leaves it nothing", async () => {
  const preview = await previewOf(app);
  const holds = `name = "left"; onclick = () => console.log("clicked");
    onbeforeunload = (event) => { event.preventDefault(); return "x"; };`;
  await preview.show(htmlPage(`<!doctype html><body style="height:100vh"><script>${holds}</script>`));
  await preview.expectState("running");
  // Only a page that the user has clicked may ask before it is left.
  await preview.click(20, 20);
  await preview.expectLine("log: clicked");
  await preview.show(htmlPage(`<script>console.log("the name is", JSON.stringify(name))</script>`));
  await preview.expectLine('log: the name is ""');
  expect(await preview.views()).toBe(1);
});

test("the door answers no previewed page, and typing stays in the message", async () => {
  const preview = await previewOf(app);
  const message = app.page.getByRole("textbox", { name: "Message" });
  await message.fill("");
  await message.focus();
  await preview.show(
    htmlPage("<input id=i autofocus><script>setInterval(() => { window.focus(); i.focus() }, 20)</script>"),
  );
  await preview.expectState("running");
  const found = await inMain(app.electron, ({ webContents, BrowserWindow }) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith("workbench-preview:"));
    return contents?.session === BrowserWindow.getAllWindows()[0]?.webContents.session;
  });
  expect(found).toBe(false);
  await app.page.keyboard.type("abc");
  await expect(message).toHaveValue("abc");
  // What main would do if the page had a way to call it.
  const answered = await inMain(app.electron, async ({ ipcMain, webContents }) => {
    const sender = webContents.getAllWebContents().find((each) => each.getURL().startsWith("workbench-preview:"));
    const handlers = (
      ipcMain as unknown as { _invokeHandlers: Map<string, (event: object, ...given: unknown[]) => unknown> }
    )._invokeHandlers;
    return await handlers.get("r1:call")?.({ sender, senderFrame: sender?.mainFrame }, "chats.list", {});
  });
  expect(JSON.stringify(answered)).toContain('"ok":false');
});
