import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import type { Bridge } from "../../electron/contract/bridge.ts";
import type { Settings } from "../../electron/contract/settings.ts";
import { chooseInDialogs } from "./support/chooseInDialogs.ts";
import { filesOf } from "./support/filesOf.ts";
import { launchApp, type RunningApp } from "./support/launchApp.ts";
import { receive } from "./support/writeReplies.ts";
import { inMain } from "../support/inMain.mjs";

let app: RunningApp;
test.beforeEach(async () => {
  app = await launchApp({ writes: true });
});
test.afterEach(async () => {
  await app.close();
});

test("S11: a file that is not a model is refused with a reason, and nothing of it is stored, run or followed", async () => {
  const { page, home } = app;
  const folder = join(home, "to-import");
  await mkdir(folder);
  await writeFile(join(folder, "notes.txt"), "not a model");
  await writeFile(join(folder, "empty.gguf"), "");
  await writeFile(join(folder, "page.gguf"), "<html><script>alert(1)</script></html>");
  await writeFile(join(folder, "script.gguf"), `#!/bin/sh\ntouch ${join(home, "was-run")}\n`, { mode: 0o755 });
  await symlink("/etc/passwd", join(folder, "link.gguf"));
  await symlink("loop.gguf", join(folder, "loop.gguf"));
  const paths = [
    "/etc/passwd",
    "/etc",
    "/dev/zero",
    "/proc/self/environ",
    "https://example.com/x.gguf",
    "file:///etc/passwd",
    "workbench://app/index.html",
    "../../../../etc/passwd",
    `$(touch ${join(home, "was-run")}).gguf`,
    `|touch ${join(home, "was-run")}`,
    "--version",
    "x\0.gguf",
    "a".repeat(5000),
    ...["notes.txt", "empty.gguf", "page.gguf", "script.gguf", "link.gguf", "loop.gguf"].map((name) =>
      join(folder, name),
    ),
  ];
  await chooseInDialogs(app.electron, paths);
  const { codes, before, after } = await page.evaluate(async (count) => {
    const { r1 } = window as unknown as { r1: Bridge };
    const state = async () => JSON.stringify([await r1.call("models.list", {}), await r1.call("settings.get", {})]);
    const kept = await state();
    const found: string[] = [];
    for (let at = 0; at < count; at++) {
      const outcome = await r1.call("shell.importModel", {});
      found.push(outcome.ok ? JSON.stringify(outcome.value) : outcome.error.code);
    }
    // A file created by the page has no path.
    const made = await r1.importFile(new File(["GGUF"], "/etc/passwd"));
    found.push(made.ok ? "ok" : made.error.code);
    return { codes: found, before: kept, after: await state() };
  }, paths.length);
  expect(codes).toHaveLength(paths.length + 1);
  for (const [at, code] of codes.entries()) expect(code, paths[at] ?? "a file of the page").toMatch(/^model-[a-z-]+$/);
  expect(after).toBe(before);
  expect(filesOf(home)).not.toContain(join(home, "was-run"));
});

test("S11: foreign settings are taken completely or not at all, and nothing in them is run", async () => {
  test.setTimeout(120_000);
  const { home } = app;
  await app.quit();
  const commands = {
    engine: { nodePath: "/bin/sh", entry: "/tmp/x" },
    preload: "/tmp/x.js",
    command: `touch ${join(home, "was-run")}`,
    constructor: { prototype: { polluted: true } },
  };
  const usable = {
    ...commands,
    theme: "dark",
    hubEndpoint: "javascript:alert(1)",
    linkedModels: ["/etc/passwd", "/dev/zero", "https://example.com/x.gguf", "../../x.gguf", "x\0.gguf"],
    defaultModelId: "../../etc/passwd",
  };
  const cases: [text: string, theme: Settings["theme"]][] = [
    [JSON.stringify(usable).replace("{", '{"__proto__":{"polluted":true},'), "dark"],
    // With one wrong field, none of them is used.
    [JSON.stringify({ ...usable, contextSize: "4096; rm -rf /" }), "system"],
    [`{"theme":"dark","hubEndpoint":"${"x".repeat(1_000_000)}"}`, "system"],
    ["[".repeat(100_000), "system"],
  ];
  for (const [text, theme] of cases) {
    await writeFile(join(home, "settings.json"), text);
    app = await launchApp({ home, writes: true });
    const { page } = app;
    await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
    const found = await page.evaluate(async () => {
      const { r1 } = window as unknown as { r1: Bridge };
      const settings = await r1.call("settings.get", {});
      const models = await r1.call("models.list", {});
      const notices = await r1.call("notices.list", {});
      if (!settings.ok || !models.ok || !notices.ok) throw new Error("A call failed.");
      return {
        theme: settings.value.theme,
        fields: Object.keys(settings.value),
        usable: models.value.filter(({ problems }) => problems.length === 0).length,
        notices: notices.value.map(({ problem }) => problem.code),
      };
    });
    const where = text.slice(0, 80);
    expect(found.theme, where).toBe(theme);
    expect(found.notices.includes("settings-damaged"), where).toBe(theme === "system");
    expect(found.fields, where).not.toEqual(expect.arrayContaining(["command"]));
    // Only ours.
    expect(found.usable, where).toBe(1);
    expect(await page.evaluate(() => "polluted" in {}), where).toBe(false);
    expect(await inMain(app.electron, () => "polluted" in {}), where).toBe(false);
    await receive(app, { answer: "Hello." });
    await app.quit();
  }
  const files = filesOf(home);
  expect(files).not.toContain(join(home, "was-run"));
  // What could not be used is kept for the user.
  const asides = await Promise.all(
    files.filter((path) => path.includes("settings.json")).map((path) => readFile(path, "utf8")),
  );
  for (const [text, theme] of cases) if (theme === "system") expect(asides).toContain(text);
});
