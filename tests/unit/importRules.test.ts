import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findForbiddenImports } from "../../scripts/checks/importRules.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "r1-import-rules-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function plant(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

const allowed: Record<string, string> = {
  "electron/contract/a.ts": `import { z } from "zod"; import { b } from "./b.ts";`,
  "electron/engine/deep/a.ts": `import { x } from "../../contract/a.ts"; import l from "node-llama-cpp"; import "node:fs";`,
  "electron/workbench/chats/a.ts": `import { x } from "../../contract/a.ts"; import { y } from "../engine/client.ts";`,
  "electron/main/a.ts": `import { app } from "electron"; import { y } from "../workbench/engine/client.ts";`,
  "electron/preload/a.ts": `import { x } from "electron"; import { y } from "../contract/a.ts";`,
  "electron/cli/a.ts": `import { y } from "../workbench/a.ts"; import fs from "node:fs";`,
  "renderer/features/chat/A.tsx": `import React from "react"; import type { X } from "../../../electron/contract/a.ts"; import { s } from "../../stores/chats.ts";`,
};

test("what the rooms may import passes", async () => {
  await plant(allowed);
  expect(await findForbiddenImports(folder)).toEqual([]);
});

const forbidden: [rule: string, path: string, text: string][] = [
  ["contract imports only zod", "electron/contract/a.ts", `import React from "react";`],
  ["contract runs without Node", "electron/contract/a.ts", `import fs from "node:fs";`],
  ["contract imports no room", "electron/contract/a.ts", `import type { X } from "../workbench/x.ts";`],
  ["engine imports no workbench", "electron/engine/a.ts", `import { x } from "../workbench/x.ts";`],
  ["engine imports no electron", "electron/engine/a.ts", `const e = await import("electron");`],
  ["workbench imports no engine room", "electron/workbench/chats/a.ts", `import { x } from "../../engine/x.ts";`],
  ["workbench imports no llama", "electron/workbench/models/a.ts", `export * from "node-llama-cpp";`],
  ["workbench imports no electron", "electron/workbench/a.ts", `import { app } from "electron";`],
  ["main imports no engine", "electron/main/a.ts", `export { x } from "../engine/x.ts";`],
  ["main imports no llama", "electron/main/a.ts", `import l from "node-llama-cpp";`],
  ["preload imports no workbench", "electron/preload/a.ts", `import { x } from "../workbench/x.ts";`],
  ["preload runs without Node", "electron/preload/a.ts", `import fs from "fs";`],
  ["cli imports no main", "electron/cli/a.ts", `import { x } from "../main/x.ts";`],
  ["cli imports no electron", "electron/cli/a.ts", `import "electron";`],
  ["renderer takes only types from contract", "renderer/a.ts", `import { x } from "../electron/contract/a.ts";`],
  ["renderer imports no workbench", "renderer/a.ts", `import type { X } from "../electron/workbench/a.ts";`],
  ["renderer imports no native package", "renderer/a.tsx", `import s from "@photostructure/sqlite";`],
  ["features do not import each other", "renderer/features/chat/a.ts", `import { x } from "../models/x.ts";`],
  ["no room imports a file outside the rooms", "electron/cli/a.ts", `import { x } from "../../scripts/build.mjs";`],
  ["no import is computed", "electron/main/a.ts", `const name = "x"; await import(name);`],
];

test.each(forbidden)("refused: %s", async (_rule, path, text) => {
  await plant({ [path]: text });
  const problems = await findForbiddenImports(folder);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(path);
});

test("a folder without sources is refused instead of passing for want of anything to check", async () => {
  expect(await findForbiddenImports(folder)).toEqual([expect.stringContaining("nothing was checked")]);
});

test("the linter refuses a cycle", async () => {
  await plant({
    "electron/workbench/a.ts": `import { b } from "./b.ts";\nexport const a = (): number => b();\n`,
    "electron/workbench/b.ts": `import { a } from "./a.ts";\nexport const b = (): number => a();\n`,
  });
  const oxlint = join(root, "node_modules", "oxlint", "bin", "oxlint");
  const run = promisify(execFile)(process.execPath, [oxlint, "-c", join(root, ".oxlintrc.json"), "."], { cwd: folder });
  await expect(run).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining("no-cycle") as string });
});
