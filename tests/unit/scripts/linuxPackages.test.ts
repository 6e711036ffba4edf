import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, readlink, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { buildDeb, controlFile } from "../../../scripts/packaging/fpm.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const run = promisify(execFile);
const scripts = fileURLToPath(new URL("../../../scripts/packaging/linux", import.meta.url));

test("a deb's fields are written as fpm writes them", () => {
  const control = controlFile(
    {
      name: "r1-workbench",
      version: "1.2.3~beta.1",
      architecture: "amd64",
      maintainer: "Someone <someone@example.org>",
      d: ["libgtk-3-0 | libgtk-3-0t64", "libnss3"],
      "deb-recommends": ["libvulkan1"],
      "deb-priority": "optional",
      description: "private chats\n Chat privately\n\nSecond paragraph",
    },
    "1234",
  );
  expect(control).toBe(`Package: r1-workbench
Version: 1.2.3~beta.1
Architecture: amd64
Maintainer: Someone <someone@example.org>
Installed-Size: 1234
Depends: libgtk-3-0 | libgtk-3-0t64, libnss3
Recommends: libvulkan1
Priority: optional
Description: private chats
 Chat privately
 .
 Second paragraph
`);
});

test.skipIf(process.platform !== "linux")("a deb holds the files, belonging to root, and its scripts", async () => {
  const folder = await temporaryFolder();
  const app = join(folder, "app dir");
  await mkdir(app);
  await writeFile(join(app, "program"), "#!/bin/sh\n", { mode: 0o755 });
  await writeFile(join(folder, "entry"), "[Desktop Entry]\n", { mode: 0o600 });
  await writeFile(join(folder, "after"), "#!/bin/sh\nexit 0\n", { mode: 0o600 });
  const deb = join(folder, "app.deb");
  const facts = ["--name", "app", "--version", "1", "--architecture", "all", "--maintainer", "A <a@b.c>"];
  const rest = ["--description", "s\n long", "--after-install", join(folder, "after"), "--deb-compression", "gz"];
  const files = [`${app}/=/opt/App Dir`, `${join(folder, "entry")}=/usr/share/applications/app.desktop`];
  await buildDeb(["-s", "dir", "--force", "-t", "deb", ...facts, ...rest, "--package", deb, ...files]);

  const { stdout: listed } = await run("dpkg-deb", ["--contents", deb]);
  expect(listed).toMatch(/^-rwxr-xr-x root\/root .* \.\/opt\/App Dir\/program$/m);
  expect(listed).toMatch(/^-rw-r--r-- root\/root .* \.\/usr\/share\/applications\/app\.desktop$/m);
  expect(listed).toMatch(/^drwxr-xr-x root\/root .* \.\/$/m);
  const { stdout: control } = await run("dpkg-deb", ["--info", deb]);
  expect(control).toContain("postinst");
  expect(control).toContain("Package: app");
});

test("an option of fpm that the stand-in does not know ends the build", async () => {
  await expect(buildDeb(["-s", "dir", "-t", "deb", "--config-files", "/etc/x"])).rejects.toThrow("--config-files");
  await expect(buildDeb(["-s", "dir", "-t", "rpm"])).rejects.toThrow("Only a .deb");
});

test.skipIf(process.platform !== "linux").each([
  ["dpkg removes it", "remove", true],
  ["dpkg purges it", "purge", true],
  ["rpm removes the last version", "0", true],
  ["dpkg updates it", "upgrade", false],
  ["rpm removes the version before", "1", false],
])("when %s, the commands go only if the app goes", async (_when, argument, goes) => {
  const { path, calls } = await fakeSystem();
  await run("sh", [await filledIn("afterRemove.sh"), argument], { env: { PATH: path } });
  const expected = ["r1-workbench", "r1"].map((name) => `--remove ${name} /opt/R1 Test/${name}`);
  expect(await calls()).toEqual(goes ? expected : []);
});

test.skipIf(process.platform !== "linux")("a command of another program stays, also if it is a link", async () => {
  const { path, calls, commands } = await fakeSystem();
  await symlink("/nowhere/other", join(commands, "r1"));
  await symlink("/etc/alternatives/r1-workbench", join(commands, "r1-workbench"));
  const script = await filledIn("afterInstall.sh", commands);
  // What follows the links needs the installed app.
  await run("sh", [script], { env: { PATH: path } }).catch(() => undefined);
  const link = join(commands, "r1-workbench");
  expect(await calls()).toEqual([`--install ${link} r1-workbench /opt/R1 Test/r1-workbench 100`]);
  expect(await readlink(join(commands, "r1"))).toBe("/nowhere/other");
});

test("the scripts name nothing in a person's home", async () => {
  for (const name of ["afterInstall.sh", "afterRemove.sh"]) {
    const script = await readFile(join(scripts, name), "utf8");
    expect(script.replaceAll(/^#.*$/gm, "")).not.toMatch(/home|HOME|\.config|~\//);
  }
});

/** Returns a PATH on which update-alternatives only notes what it is asked. */
async function fakeSystem(): Promise<{ path: string; commands: string; calls: () => Promise<string[]> }> {
  const folder = await temporaryFolder();
  const log = join(folder, "log");
  const fake = join(folder, "update-alternatives");
  await writeFile(log, "");
  await writeFile(fake, `#!/bin/sh\necho "$*" >> "${log}"\n`);
  await chmod(fake, 0o755);
  const calls = async (): Promise<string[]> => (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
  const commands = join(folder, "bin");
  await mkdir(commands);
  return { path: `${folder}:/bin`, commands, calls };
}

/** Returns the path of a script with the names that electron-builder would put in. */
async function filledIn(name: string, commands = "/usr/bin"): Promise<string> {
  const script = await readFile(join(scripts, name), "utf8");
  const path = join(await temporaryFolder(), name);
  // In the fake system, no profile and no databases are touched.
  const own = script
    .replaceAll("/etc/apparmor.d/", "/nonexistent/")
    .replaceAll("/usr/bin/", `${commands}/`)
    .replaceAll(/^command -v update-(?:mime|desktop).*$/gm, "");
  await writeFile(
    path,
    own.replaceAll("${executable}", "r1-workbench").replaceAll("${sanitizedProductName}", "R1 Test"),
  );
  return path;
}
