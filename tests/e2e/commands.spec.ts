import { expect, type Page, test } from "@playwright/test";
import { inMain } from "../support/inMain.mjs";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { shareApp } from "./support/shareApp.ts";
import { receive } from "./support/writeReplies.ts";

const app = shareApp(() => launchApp({ writes: true }));

const page = (): Page => app.page;
const palette = (): ReturnType<Page["getByRole"]> => page().getByRole("dialog", { name: "Command palette" });
const option = (name: string | RegExp) => palette().getByRole("option", { name });

/** Opens the palette, types, and waits until its first entry is this one. */
async function search(words: string, first: string | RegExp): Promise<void> {
  await page().keyboard.press("Control+Shift+P");
  await page().keyboard.type(words);
  await expect(palette().getByRole("option").first()).toHaveAccessibleName(first);
}

test("everything is done from the command palette by the keyboard alone, and what was used is first next time", async () => {
  const field = page().getByRole("textbox", { name: "Message" });
  await expect(field).toBeFocused();
  await search("hard", "Go to Hardware");
  await page().keyboard.press("Enter");
  await expect(palette()).toHaveCount(0);
  await expect(page().getByRole("main", { name: "Hardware" })).toBeVisible();

  await search("dark theme", "Theme: dark");
  await page().keyboard.press("Enter");
  await expect(page().locator("html")).toHaveAttribute("data-theme", "dark");

  await page().keyboard.press("Control+Shift+P");
  await expect(palette().getByRole("group", { name: "Recently used" }).getByRole("option")).toHaveText([
    "Theme: dark",
    /^Go to Hardware/,
  ]);
  // A chat that is not begun has nothing to print.
  await expect(option(/^Print/)).toHaveCount(0);
  await expect(option(/^New chat/)).toHaveText(/Ctrl N$/);
  await page().keyboard.press("Escape");
  await expect(palette()).toHaveCount(0);

  await search("system theme", "Theme: same as the system");
  await page().keyboard.press("Enter");
  await search("new chat", /^New chat/);
  await page().keyboard.press("Enter");
  await expect(field).toBeFocused();
  // Esc gives the focus back.
  await page().keyboard.press("Control+Shift+P");
  await expect(palette().getByRole("combobox")).toBeFocused();
  await page().keyboard.type("zyzzyva");
  await expect(palette().getByRole("option")).toHaveCount(0);
  await expect(palette()).toContainText("No action or setting is found by these words.");
  await page().keyboard.press("Escape");
  await expect(field).toBeFocused();

  await search("use nano", "Use R1 Nano");
  await page().keyboard.press("Enter");
  await expect(page().getByRole("combobox", { name: "Model" })).toHaveText(/R1 Nano/);
});

test("the palette speaks the chosen language at once", async () => {
  const change = (language: string) =>
    page().evaluate(
      (chosen) =>
        (window as unknown as { r1: { call(name: string, input: object): Promise<unknown> } }).r1.call(
          "settings.change",
          { language: chosen },
        ),
      language,
    );
  await change("fr");
  const french = page().getByRole("dialog", { name: "Palette de commandes" });
  await page().keyboard.press("Control+Shift+P");
  await expect(french.getByRole("combobox")).toBeFocused();
  await page().keyboard.type("parametres");
  await expect(french.getByRole("option").first()).toHaveAccessibleName(/^Paramètres/);
  await page().keyboard.press("Escape");
  await change("zh-CN");
  await page().keyboard.press("Control+Shift+P");
  await page().keyboard.type("模型");
  await expect(page().getByRole("dialog", { name: "命令面板" }).getByRole("option").first()).toHaveAccessibleName(
    /模型/,
  );
  await page().keyboard.press("Escape");
  await change("system");
});

test("the Help menu: shortcuts, privacy and About, with versions and licences, are read without the network", async () => {
  await page().keyboard.press("Control+/");
  const sheet = page().getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(sheet).toContainText("Command paletteCtrl Shift P");
  await expect(sheet).toContainText("Find nextF3");
  await expect(sheet).toContainText("Send the messageEnter");
  // Under a dialog nothing changes.
  await page().keyboard.press("Control+2");
  await choose("showModels");
  await expect(sheet).toBeVisible();
  await expect(page().locator("main[aria-label='Chat']")).toBeAttached();
  await page().keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);

  await choose("showPrivacy");
  const privacy = page().getByRole("dialog", { name: "Privacy" });
  await expect(privacy).toContainText(
    "There is no account and no telemetry. New versions are looked for only if you turn that on in Settings.",
  );
  await expect(privacy).toContainText(app.home);
  await privacy.getByRole("button", { name: "Close" }).click();
  await expect(privacy).toHaveCount(0);

  await choose("showAbout");
  const about = page().getByRole("dialog", { name: "About R1 Workbench" });
  const versions = await inMain(app.electron, ({ app: electron }) => ({
    app: electron.getVersion(),
    ...process.versions,
  }));
  for (const part of [versions.app, versions.electron, versions.chrome, versions.node])
    await expect(about).toContainText(part);
  await expect(about).toContainText("llama.cpp and ggml");
  await about.getByText(/^react 19/).click();
  await expect(about).toContainText("Permission is hereby granted");
  expect(await about.getByRole("listitem").count()).toBeGreaterThan(100);
  await page().keyboard.press("Escape");
  await expect(about).toHaveCount(0);
});

/** Chooses an action in the application menu. */
async function choose(id: string): Promise<void> {
  await inMain(app.electron, ({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.click(), id);
}
const isEnabled = (id: string): Promise<boolean | undefined> =>
  inMain(app.electron, ({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.enabled, id);

test("the application menu goes to every screen, and offers what needs a chat only with one", async () => {
  for (const [id, name] of [
    ["showModels", "Models"],
    ["showHardware", "Hardware"],
    ["showSettings", "Settings"],
    ["showChat", "Chat"],
  ] as const) {
    await choose(id);
    await expect(page().getByRole("main", { name })).toBeVisible();
  }
  await choose("newChat");
  await expect(page().getByRole("heading", { name: "New chat" })).toBeVisible();
  await expect.poll(() => isEnabled("print")).toBe(false);
  expect(await isEnabled("openChatWindow")).toBe(false);
  await receive(app, { answer: "Here it is." });
  await expect.poll(() => isEnabled("print")).toBe(true);
  expect(await isEnabled("openChatWindow")).toBe(true);
  await choose("showSettings");
  await expect.poll(() => isEnabled("print")).toBe(false);
});

test("diagnostics are copied with versions and backends, and with nothing of the user's", async () => {
  await inMain(app.electron, ({ dialog }) => {
    dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
      Object.assign(globalThis, { said: message });
      return Promise.resolve({ response: 0, checkboxChecked: false });
    }) as never;
  });
  await receive(app, { answer: "A secret of mine." });
  await choose("copyDiagnostics");
  await expect
    .poll(() => inMain(app.electron, () => (globalThis as unknown as { said?: string }).said))
    .toBe("The diagnostics were copied.");
  const text = await inMain(app.electron, ({ clipboard }) => clipboard.readText());
  expect(JSON.parse(text)).toMatchObject({ system: `${process.platform} ${process.arch}`, engine: { backend: "cpu" } });
  expect(text).not.toContain(app.home);
  expect(text).not.toContain("secret");
});

interface Shown {
  shown: string[];
}

test("a right click offers editing in fields, copying of selected text and of links, and nothing elsewhere", async () => {
  await inMain(app.electron, ({ Menu }) => {
    Object.assign(globalThis, { shown: [] });
    Menu.prototype.popup = function (this: Electron.Menu) {
      const { shown } = globalThis as unknown as Shown;
      shown.push(this.items.map(({ type, label }) => (type === "separator" ? "—" : label)).join(", "));
      const copy = this.items.find(({ label }) => label === "Copy link");
      copy?.click();
    };
  });
  const shown = (): Promise<string[]> => inMain(app.electron, () => (globalThis as unknown as Shown).shown);
  await receive(app, { answer: "See [the manual](https://example.com/manual?x=1) for more." });
  await page().getByRole("textbox", { name: "Message" }).click({ button: "right" });
  await expect.poll(shown).toEqual(["Undo, Redo, —, Cut, Copy, Paste, Select all"]);
  await page().getByRole("link", { name: "the manual" }).click({ button: "right" });
  await expect.poll(async () => (await shown()).at(-1)).toMatch(/^Copy link/);
  expect(await inMain(app.electron, ({ clipboard }) => clipboard.readText())).toBe("https://example.com/manual?x=1");
  const before = (await shown()).length;
  await page().getByRole("article", { name: "You" }).getByText("Write it.").dblclick();
  await page().getByText("Write it.").last().click({ button: "right" });
  await expect.poll(async () => (await shown()).slice(before)).toEqual(["Copy"]);
});

test("Ctrl with + and − zooms from 50 to 200 %; at 200 % nothing is lost, and it is kept", async () => {
  const percent = (running: Pick<RunningApp, "electron">): Promise<number> =>
    inMain(running.electron, ({ BrowserWindow }) =>
      Math.round((BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor() ?? 0) * 100),
    );
  for (let time = 0; time < 6; time++) await page().keyboard.press("Control+=");
  await expect.poll(() => percent(app)).toBe(200);
  await expect(page().getByRole("textbox", { name: "Message" })).toBeInViewport({ ratio: 1 });
  await page().getByRole("button", { name: "Send" }).scrollIntoViewIfNeeded();
  await expect(page().getByRole("button", { name: "Send" })).toBeInViewport({ ratio: 1 });
  expect(await page().evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  for (let time = 0; time < 12; time++) await page().keyboard.press("Control+-");
  await expect.poll(() => percent(app)).toBe(50);
  await page().keyboard.press("Control+0");
  await expect.poll(() => percent(app)).toBe(100);
  await page().keyboard.press("Control+-");
  await expect.poll(() => percent(app)).toBe(90);

  const { home } = app;
  await app.quit();
  const next = await launchApp({ home, writes: true });
  await expect.poll(() => percent(next)).toBe(90);
  await next.page.getByRole("textbox", { name: "Message" }).waitFor();
  await next.close();
});
