import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { commandLine, processTree } from "../support/appProcesses.ts";
import { bareSystem } from "../support/bareSystem.ts";
import { chromiumSandboxes } from "../support/chromiumSandboxes.ts";
import { answersIn, askPackaged } from "../support/packagedChat.ts";
import { startPackaged } from "../support/startPackaged.ts";
import { type ThrowawayRoot, throwawayRoot } from "../support/throwawayRoot.ts";
import { withoutNamespaces } from "../support/withoutNamespaces.ts";
import { builtPackages } from "./builtPackages.ts";

/*
 * One run through the life of the deb, in a root file system that is thrown away: Debian with nothing installed but its
 * base, so that everything else comes from what the package depends on. An ordinary user of that system has no part of
 * this repository, only what apt installed.
 */
const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const run = promisify(execFile);
const user = "r1-check";
const app = "/opt/r1-workbench";
let place: ThrowawayRoot;
let folder: string;
/** The user's home folder, which can be read from outside. */
let userHome: string;

test.describe.configure({ mode: "serial" });
test.skip(process.getuid?.() !== 0, "Installing a package needs root.");

test.beforeAll(async () => {
  test.setTimeout(600_000);
  folder = await mkdtemp(join(tmpdir(), "r1-workbench-installed-"));
  userHome = join(folder, "home");
  await copyFile(builtPackages.deb, join(folder, "app.deb"));
  await run("chmod", ["755", folder]);
  place = await throwawayRoot(root, await bareSystem(join(folder, "system")));
  await place.run("useradd", "--home-dir", userHome, "--create-home", user);
  const key = process.env["XAUTHORITY"];
  if (key === undefined) return;
  await copyFile(key, join(userHome, "xauthority"));
  await place.run("chown", user, join(userHome, "xauthority"));
});
test.afterAll(async () => {
  await place.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Returns a command as the ordinary user, who inherits nothing from us but the display, runs it in that system. */
function asUser(...command: string[]): string[] {
  const identity = [`--reuid=${user}`, `--regid=${user}`, "--init-groups"];
  const display = [`DISPLAY=${process.env["DISPLAY"] ?? ""}`, `XAUTHORITY=${join(userHome, "xauthority")}`];
  const variables = ["PATH=/usr/bin:/bin", `HOME=${userHome}`, "LC_ALL=C.UTF-8", "LANGUAGE=en", ...display];
  return ["env", `--chdir=${userHome}`, "setpriv", ...identity, "env", "-i", ...variables, ...command];
}

/** Starts the installed app, has it answer a question, and quits it. Resolves with the app's processes while it ran. */
async function chatInWindow(before: string[], answers: number): Promise<{ lines: string[]; sandboxes: object }> {
  const home = join(userHome, ".config", "R1 Workbench");
  const window = await startPackaged([...place.prefix, ...before, ...asUser("r1-workbench")], {
    ...process.env,
  } as Record<string, string>);
  try {
    await askPackaged(window, home, "What is 17 + 25?");
    await expect.poll(() => answersIn(home), { timeout: 60_000 }).toHaveLength(answers);
    expect(answersIn(home).at(-1)).toContain("42");
    const lines = processTree(window.processId).map(commandLine);
    const sandboxes = chromiumSandboxes(window.processId);
    await window.press("ctrl+q");
    expect(await window.ended).toEqual([0, null]);
    return { lines, sandboxes };
  } finally {
    await window.close();
  }
}

test("the tar.gz has at most 200 MB", () => {
  expect(statSync(builtPackages.tarball).size).toBeLessThanOrEqual(200_000_000);
});

test("apt installs it with what it depends on: commands on the PATH, an entry and a file type", async () => {
  expect(await place.run("ls", root)).toBe("");
  const apt = "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends";
  await place.run("sh", "-c", `${apt} "$1" 2>&1`, "sh", join(folder, "app.deb"));
  expect(await place.run("stat", "--format=%U %a", `${app}/chrome-sandbox`)).toBe("root 4755\n");
  expect(await place.run("readlink", "-f", "/usr/bin/r1")).toBe(`${app}/r1\n`);
  expect(await place.run("readlink", "-f", "/usr/bin/r1-workbench")).toBe(`${app}/r1-workbench\n`);
  expect(await place.run("dpkg", "--verify", "r1-workbench")).toBe("");
  expect(await place.run(...asUser("r1", "--version"))).toMatch(/^\d+\.\d+\.\d+/);

  // GTK brings the first; not every system has the second.
  expect(await place.run("cat", "/usr/share/mime/globs2")).toContain("application/x-gguf:*.gguf");
  if ((await place.run("sh", "-c", "command -v update-desktop-database || true")) !== "") {
    const types = await place.run("cat", "/usr/share/applications/mimeinfo.cache");
    expect(types).toContain("application/x-gguf=r1-workbench.desktop;");
  }
});

test("r1 answers the ordinary user", async () => {
  const { answer } = JSON.parse(
    await place.run(...asUser("r1", "chat", "--json", "--seed", "1", "What is 17 + 25?")),
  ) as { answer: string };
  expect(answer).toContain("42");
});

test("its window opens, answers in Chromium's sandbox, and quits", async () => {
  const { lines, sandboxes } = await chatInWindow([], 1);
  expect(sandboxes).toEqual({ switchedOff: [], renderers: 1, sandboxed: 1 });
  expect(lines.filter((line) => line.startsWith(`${app}/chrome-sandbox`))).toEqual([]);
});

test("where ordinary users may not create namespaces, it opens, answers and quits in the sandbox of its own helper", async () => {
  const refused = await withoutNamespaces();
  try {
    await expect(place.run(...refused.prefix, "unshare", "--user", "true")).rejects.toThrow("unshare failed");
    const { lines, sandboxes } = await chatInWindow(refused.prefix, 2);
    expect(sandboxes).toEqual({ switchedOff: [], renderers: 1, sandboxed: 1 });
    expect(lines.filter((line) => line.startsWith(`${app}/chrome-sandbox`))).not.toEqual([]);
  } finally {
    await refused.remove();
  }
});

test("it is removed and purged, and only the person's own files stay", async () => {
  const kept = await place.run("find", userHome, "-path", "*R1 Workbench*", "-type", "f");
  expect(kept).not.toBe("");
  await place.run("dpkg", "--remove", "r1-workbench");
  await place.run("dpkg", "--purge", "r1-workbench");
  // dpkg has removed /opt too if nothing else is in it.
  const find =
    'find $(ls -d /opt /usr /etc /var 2>/dev/null) -xdev -iname "*r1-workbench*" -o -name r1 -path "*/bin/*"';
  const left = await place.run("sh", "-c", find);
  expect(left).toBe("");
  expect(await place.run("find", userHome, "-path", "*R1 Workbench*", "-type", "f")).toBe(kept);
});
