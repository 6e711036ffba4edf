import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const lint = join(root, "node_modules", "oxlint", "bin", "oxlint");

/** By the room in which they are planted. */
const refused: readonly (readonly [room: string, code: string])[] = [
  ["renderer/parts", `<p>Words</p>`],
  ["renderer/parts", `<p>{isOpen ? "Open" : say("closed")}</p>`],
  ["renderer/parts", "<p>{`${count} models`}</p>"],
  ["renderer/parts", `<button aria-label="Close" />`],
  ["renderer/parts", `<input placeholder="Search" />`],
  ["renderer/parts", `<p title={isOpen ? "Open" : undefined} />`],
  ["renderer/parts", `<p>模型</p>`],
  ["electron/cli", `terminal.aside("Done.")`],
  ["electron/cli", "terminal.write(`${count} models found`)"],
  ["electron/cli", "terminal.aside(`${count} tokens\\n`)"],
  ["electron/cli", `terminal.progress(isLoading ? "Loading" : "")`],
  ["electron/cli", `["Size", figures.bytes(size)]`],
  ["electron/cli", `steps.show("正在加载")`],
  ["electron/cli", `new WorkbenchError("usage", "Give one file.")`],
  ["electron/cli/commands", "new WorkbenchError('usage', `${option} needs a number`)"],
  ["electron/main", `new WorkbenchError("input-invalid", "There is no such call.")`],
  ["electron/main", `dialog.showMessageBox({ message: "Delete the model?", buttons: [say("delete")] })`],
  ["electron/main", `dialog.showMessageBox({ message: say("delete"), buttons: ["Cancel"] })`],
  ["electron/main", `new Notification({ title: "Downloaded" })`],
  ["electron/main", "window.setTitle(`Chat: ${title}`)"],
  ["electron/main", `({ label: "Select all", role: "selectAll" })`],
];
const allowed: typeof refused = [
  ["renderer/parts", `<p className="hint">{say("key", { name: slot("name") })}</p>`],
  ["renderer/parts", `<p>{count} · {name}, {size}</p>`],
  ["renderer/parts", `<p aria-label={say("key")} data-state={isOpen ? "open" : "closed"} />`],
  ["renderer/parts", `<p>Electron <b>{version}</b>, Chromium</p>`],
  ["electron/cli", 'terminal.aside(`${say("cli:chat.welcome")}\\n`)'],
  ["electron/cli", `[name, size].join(" · ")`],
  ["electron/cli", `new WorkbenchError("usage", { case: "fileNeeded" })`],
  ["electron/cli", "new Error(`for programmers: ${name}`)"],
  [
    "electron/main",
    `contents.on("render-process-gone", () => dialog.showMessageBox({ type: "question", message: say("gone") }))`,
  ],
  ["electron/main", "faults.add(`The page: ${text}`)"],
];

const fileOf = (room: string, kind: string, index: number): string =>
  `${room}/${kind}${index}.${room.startsWith("renderer") ? "tsx" : "ts"}`;
let folder: string;
let found: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "r1-literal-words-"));
  for (const [kind, planted] of Object.entries({ refused, allowed })) {
    for (const [index, [room, code]] of planted.entries()) {
      await mkdir(join(folder, room), { recursive: true });
      await writeFile(join(folder, fileOf(room, kind, index)), `export const shown = ${code};\n`);
    }
  }
  await copyFile(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  const run = promisify(execFile)(process.execPath, [lint, "--format=json", "renderer", "electron"], { cwd: folder });
  // It exits with 1, because it finds the planted files.
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  found = diagnostics.filter(({ code }) => code === "i18next(no-literal-string)").map(({ filename }) => filename);
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test.each(refused.map(([room, code], index) => [room, code, index] as const))(
  "refused in %s: %s",
  (room, _code, index) => {
    expect(found).toContain(fileOf(room, "refused", index));
  },
);
test.each(allowed.map(([room, code], index) => [room, code, index] as const))(
  "allowed in %s: %s",
  (room, _code, index) => {
    expect(found).not.toContain(fileOf(room, "allowed", index));
  },
);
