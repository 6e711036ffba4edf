import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const lint = join(root, "node_modules", "oxlint", "bin", "oxlint");

/** The imports of the planted files. */
const targets = [
  "electron/contract/x.ts",
  "electron/contract/errors.ts",
  "electron/texts/x.ts",
  "electron/engine/x.ts",
  "electron/workbench/x.ts",
  "electron/workbench/engine/x.ts",
  "electron/server/x.ts",
  "electron/main/x.ts",
  "electron/preview/x.ts",
  "renderer/stores/x.ts",
  "renderer/features/chats/x.ts",
  "renderer/features/models/x.ts",
  "scripts/x.mjs",
];

/** The folder of each room, and an import that it may have. */
const allowed: [folder: string, text: string][] = [
  ["electron/contract", `import { z } from "zod"; import { x } from "./x.ts";`],
  ["electron/texts", `import { createInstance } from "i18next"; import { x } from "../contract/x.ts";`],
  [
    "electron/engine/deep",
    `import { x } from "../../contract/x.ts"; import l from "node-llama-cpp"; import "node:fs";`,
  ],
  ["electron/workbench/chats", `import { x } from "../../contract/x.ts"; import { y } from "../engine/x.ts";`],
  [
    "electron/main",
    `import { app } from "electron"; import { x } from "../workbench/engine/x.ts"; import { y } from "../texts/x.ts";`,
  ],
  ["electron/main", `import { NsisUpdater } from "electron-updater";`],
  [
    "electron/workbench/network",
    `import { Agent } from "undici"; import { lookup } from "node:dns"; import "node:net";`,
  ],
  ["electron/preload", `import { e } from "electron"; import { x } from "../contract/x.ts";`],
  [
    "electron/preview",
    `import { transform } from "sucrase"; import { sha1 } from "@noble/hashes/legacy"; import { x } from "./x.ts";`,
  ],
  ["electron/cli", `import { x } from "../workbench/x.ts"; import fs from "node:fs";`],
  ["electron/cli", `import { x } from "../server/x.ts";`],
  ["electron/main", `import { x } from "../server/x.ts";`],
  [
    "electron/server",
    `import { z } from "zod"; import { x } from "../texts/x.ts"; import { y } from "../workbench/engine/x.ts";`,
  ],
  ["electron/server", `import type { ServerResponse } from "node:http"; import type { Socket } from "node:net";`],
  [
    "renderer/features/chats",
    `import React from "react"; import { y } from "./x.ts"; import { s } from "../../stores/x.ts";`,
  ],
  ["renderer/features/chats", `import type { X } from "../../../electron/contract/x.ts";`],
  ["renderer", `import { x } from "../electron/contract/errors.ts"; import { y } from "../electron/texts/x.ts";`],
];

const forbidden: [rule: string, folder: string, text: string][] = [
  ["contract imports only zod", "electron/contract", `import React from "react";`],
  ["contract runs without Node", "electron/contract", `import fs from "node:fs";`],
  ["contract imports no room", "electron/contract", `import type { X } from "../workbench/x.ts";`],
  ["a type's own import counts", "electron/contract", `export type Y = import("../workbench/x.ts").X;`],
  ["texts run without Node", "electron/texts", `import fs from "node:fs";`],
  ["texts import no workbench", "electron/texts", `import { x } from "../workbench/x.ts";`],
  ["workbench makes no sentences", "electron/workbench", `import { x } from "../texts/x.ts";`],
  ["engine makes no sentences", "electron/engine", `import { x } from "../texts/x.ts";`],
  ["engine imports no workbench", "electron/engine", `import { x } from "../workbench/x.ts";`],
  ["engine imports no electron", "electron/engine", `const e = await import("electron");`],
  ["workbench imports no engine room", "electron/workbench/chats", `import { x } from "../../engine/x.ts";`],
  ["workbench imports no llama", "electron/workbench/models", `export * from "node-llama-cpp";`],
  ["workbench imports no electron", "electron/workbench", `import { app } from "electron";`],
  ["main imports no engine", "electron/main", `export { x } from "../engine/x.ts";`],
  ["main requires no engine", "electron/main", `const x = require("../engine/x.ts");`],
  ["main imports no llama", "electron/main", `import l from "node-llama-cpp";`],
  [
    "only main has electron-updater, which connects by itself",
    "electron/workbench/updates",
    `import "electron-updater";`,
  ],
  ["renderer has no electron-updater", "renderer", `import "electron-updater";`],
  ["preload imports no workbench", "electron/preload", `import { x } from "../workbench/x.ts";`],
  ["preload runs without Node", "electron/preload", `import fs from "fs";`],
  ["previewed pages get no code of ours", "electron/preview", `import { x } from "../contract/x.ts";`],
  ["server imports no main", "electron/server", `import { x } from "../main/x.ts";`],
  ["server imports no engine", "electron/server", `import { x } from "../engine/x.ts";`],
  ["server imports no electron", "electron/server", `import "electron";`],
  ["only one file of server listens", "electron/server", `import { createServer } from "node:http";`],
  ["server connects to nothing", "electron/server", `import { connect } from "node:net";`],
  ["workbench does not know who serves it", "electron/workbench", `import { x } from "../server/x.ts";`],
  ["renderer imports no server", "renderer", `import type { X } from "../electron/server/x.ts";`],
  ["cli imports no main", "electron/cli", `import { x } from "../main/x.ts";`],
  ["cli imports no electron", "electron/cli", `import "electron";`],
  ["renderer takes only types from contract", "renderer", `import { x } from "../electron/contract/x.ts";`],
  ["renderer passes nothing of contract on", "renderer", `export { x } from "../electron/contract/x.ts";`],
  ["renderer imports no workbench", "renderer", `import type { X } from "../electron/workbench/x.ts";`],
  ["renderer imports no native package", "renderer", `import s from "@photostructure/sqlite";`],
  ["renderer runs without Node", "renderer", `import fs from "node:fs";`],
  ["features do not import each other", "renderer/features/chats", `import { x } from "../models/x.ts";`],
  ["no room imports a file outside the rooms", "electron/cli", `import { x } from "../../scripts/x.mjs";`],
  ["no room imports a file that is not there", "electron/main", `import { x } from "../engine/gone.ts";`],
  ["nothing else in workbench connects", "electron/workbench/hub", `import { request } from "undici";`],
  ["workbench opens no socket", "electron/workbench/chats", `import { connect } from "node:net";`],
  ["nothing connects by a late import", "electron/workbench/fit", `const h = await import("node:https");`],
  ["engine opens no socket", "electron/engine", `import tls from "tls";`],
  ["main asks no server", "electron/main", `import { get } from "node:http";`],
  ["main uses no network of Electron's", "electron/main", `import { net } from "electron";`],
  ["cli looks up no name", "electron/cli", `import { lookup } from "node:dns/promises";`],
  ["nothing is fetched", "electron/main", `export const x = await fetch("https://x.example/");`],
  ["the page opens no socket", "renderer/features/chats", `export const x = new WebSocket("wss://x.example/");`],
  ["no import is computed", "electron/main", `const name = "x"; await import(name);`],
];

const allowedAt = (index: number): string => join(allowed[index]?.[0] ?? "", `allowed${index}.tsx`);
const forbiddenAt = (index: number): string => join(forbidden[index]?.[1] ?? "", `forbidden${index}.tsx`);
const importRules = [
  "eslint(no-restricted-globals)",
  "eslint(no-restricted-imports)",
  "boundaries(dependencies)",
  "import(no-dynamic-require)",
  "import(no-cycle)",
];

let folder: string;
/** The import rules that each file violates, once for each import. */
let broken: Map<string, string[]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "r1-import-rules-"));
  for (const path of targets) await plant(path, "export const x = 1;\nexport type X = number;\n");
  for (const [index, [, text]] of allowed.entries()) await plant(allowedAt(index), text);
  for (const [index, [, , text]] of forbidden.entries()) await plant(forbiddenAt(index), text);
  await plant("electron/engine/a.ts", `import { b } from "./b.ts";\nexport const a = (): number => b();\n`);
  await plant("electron/engine/b.ts", `import { a } from "./a.ts";\nexport const b = (): number => a();\n`);
  await copyFile(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"), "junction");
  broken = await lintAll();
}, 60_000);
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function plant(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function lintAll(): Promise<Map<string, string[]>> {
  const run = promisify(execFile)(process.execPath, [lint, "--format=json", "electron", "renderer"], { cwd: folder });
  // It exits with 1, because it finds the planted files.
  const { stdout } = await run.catch((error: unknown) => error as { stdout: string });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  const found = new Map<string, string[]>();
  for (const { code, filename } of diagnostics) {
    if (importRules.includes(code)) found.set(filename, [...(found.get(filename) ?? []), code]);
  }
  return found;
}

test.each(allowed.map(([room, text], index) => [room, text, index] as const))("%s may: %s", (_room, _text, index) => {
  expect(broken.get(allowedAt(index))).toBeUndefined();
});

test.each(forbidden.map(([rule], index) => [rule, index] as const))("refused: %s", (_rule, index) => {
  expect(broken.get(forbiddenAt(index))).toHaveLength(1);
});

test("refused: two files that import each other", () => {
  expect(broken.get("electron/engine/a.ts")).toContain("import(no-cycle)");
});
