import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { type ThrowawayRoot, throwawayRoot } from "../support/throwawayRoot.ts";
import { builtPackages } from "./builtPackages.ts";

/*
 * One run through the life of the deb, in a root file system that is thrown away: an ordinary user of that system has
 * no part of this repository, only what dpkg installed.
 */
const root = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
const run = promisify(execFile);
const user = "r1-check";
const userHome = `/home/${user}`;
const app = "/opt/r1-workbench";
let place: ThrowawayRoot;
let folder: string;

test.describe.configure({ mode: "serial" });
test.skip(process.getuid?.() !== 0, "Installing a package needs root.");

test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = await mkdtemp(join(tmpdir(), "r1-workbench-installed-"));
  await copyFile(builtPackages.deb, join(folder, "app.deb"));
  await run("chmod", ["755", folder]);
  place = await throwawayRoot(root);
  await place.run("useradd", "--create-home", user);
});
test.afterAll(async () => {
  await place.remove();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a command in it as the ordinary user, who inherits nothing from us. Resolves with its standard output. */
async function runAsUser(...command: string[]): Promise<string> {
  const identity = [`--reuid=${user}`, `--regid=${user}`, "--init-groups"];
  const variables = ["PATH=/usr/bin:/bin", `HOME=${userHome}`, "LC_ALL=C.UTF-8", "LANGUAGE=en"];
  return await place.run("setpriv", ...identity, "env", "-i", ...variables, ...command);
}

test("the tar.gz has at most 200 MB", () => {
  expect(statSync(builtPackages.tarball).size).toBeLessThanOrEqual(200_000_000);
});

test("it is installed, with its commands on the PATH, its entry and its file type", async () => {
  expect(await place.run("ls", root)).toBe("");
  await place.run("dpkg", "--install", join(folder, "app.deb"));
  expect(await place.run("stat", "--format=%U %a", `${app}/chrome-sandbox`)).toBe("root 4755\n");
  expect(await place.run("readlink", "-f", "/usr/bin/r1")).toBe(`${app}/r1\n`);
  expect(await place.run("readlink", "-f", "/usr/bin/r1-workbench")).toBe(`${app}/r1-workbench\n`);
  expect(await place.run("dpkg", "--verify", "r1-workbench")).toBe("");
  expect(await runAsUser("r1", "--version")).toMatch(/^\d+\.\d+\.\d+/);

  // Not every system has these.
  if ((await place.run("sh", "-c", "command -v update-mime-database || true")) !== "") {
    expect(await place.run("cat", "/usr/share/mime/globs2")).toContain("application/x-gguf:*.gguf");
  }
  if ((await place.run("sh", "-c", "command -v update-desktop-database || true")) !== "") {
    const types = await place.run("cat", "/usr/share/applications/mimeinfo.cache");
    expect(types).toContain("application/x-gguf=r1-workbench.desktop;");
  }
});

test("r1 answers the ordinary user", async () => {
  const { answer } = JSON.parse(await runAsUser("r1", "chat", "--json", "--seed", "1", "What is 17 + 25?")) as {
    answer: string;
  };
  expect(answer).toContain("42");
});

test("it is removed and purged, and only the person's own files stay", async () => {
  const kept = await place.run("find", userHome, "-path", "*R1 Workbench*", "-type", "f");
  expect(kept).not.toBe("");
  await place.run("dpkg", "--remove", "r1-workbench");
  await place.run("dpkg", "--purge", "r1-workbench");
  const left = await place.run(
    "find",
    ..."/opt /usr /etc /var -xdev".split(" "),
    "-iname",
    "*r1-workbench*",
    "-o",
    "-xdev",
    "-name",
    "r1",
    "-path",
    "*/bin/*",
  );
  expect(left).toBe("");
  expect(await place.run("find", userHome, "-path", "*R1 Workbench*", "-type", "f")).toBe(kept);
});
