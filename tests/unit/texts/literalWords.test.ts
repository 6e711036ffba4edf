import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const lint = join(root, "node_modules", "oxlint", "bin", "oxlint");

const refused = [
  `<p>Words</p>`,
  `<p>{isOpen ? "Open" : say("closed")}</p>`,
  "<p>{`${count} models`}</p>",
  `<button aria-label="Close" />`,
  `<input placeholder="Search" />`,
  `<p title={isOpen ? "Open" : undefined} />`,
  `<p>模型</p>`,
];
const allowed = [
  `<p className="hint">{say("key", { name: slot("name") })}</p>`,
  `<p>{count} · {name}, {size}</p>`,
  `<p aria-label={say("key")} data-state={isOpen ? "open" : "closed"} />`,
  `<p>Electron <b>{version}</b>, Chromium</p>`,
];

const fileOf = (kind: string, index: number): string => `renderer/parts/${kind}${index}.tsx`;
let folder: string;
let found: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "r1-literal-words-"));
  await mkdir(join(folder, "renderer", "parts"), { recursive: true });
  for (const [kind, texts] of Object.entries({ refused, allowed })) {
    for (const [index, text] of texts.entries()) {
      await writeFile(join(folder, fileOf(kind, index)), `export const shown = ${text};\n`);
    }
  }
  await copyFile(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  const run = promisify(execFile)(process.execPath, [lint, "--format=json", "renderer"], { cwd: folder });
  // It ends with 1, because it finds what is planted.
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  found = diagnostics.filter(({ code }) => code === "i18next(no-literal-string)").map(({ filename }) => filename);
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

test.each(refused.map((text, index) => [text, index] as const))("refused on a screen: %s", (_text, index) => {
  expect(found).toContain(fileOf("refused", index));
});
test.each(allowed.map((text, index) => [text, index] as const))("allowed on a screen: %s", (_text, index) => {
  expect(found).not.toContain(fileOf("allowed", index));
});
