import { lstat, mkdir, readFile, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { CommandLink, type CommandLinkOptions } from "../../../electron/workbench/command/CommandLink.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** Makes a packaged app with what tells it from another program. */
async function makeApp(folder: string): Promise<string> {
  const script = join(folder, "resources", "app.asar.unpacked", "out", "cli", "r1.js");
  await mkdir(dirname(script), { recursive: true });
  await writeFile(script, "");
  await writeFile(join(folder, "r1"), "#!/bin/sh\n");
  return join(folder, "r1");
}

async function machine(given: Partial<CommandLinkOptions> = {}) {
  const userHome = await temporaryFolder();
  const file = await makeApp(join(userHome, "r1-workbench-1.0.0"));
  const link = join(userHome, ".local", "bin", "r1");
  const asked: string[] = [];
  const command = new CommandLink({
    platform: "linux",
    file,
    folder: dirname(link),
    searchPath: [dirname(link), "/usr/bin"],
    asAdministrator: (words) => {
      asked.push(words);
      return Promise.resolve(true);
    },
    ...given,
  });
  return { userHome, file, link, command, asked };
}

test("the command is linked in a folder of the user's own, and the link is removed again", async () => {
  const { command, link, file, asked } = await machine();
  expect(await command.state()).toEqual({ state: "absent", link, isOnPath: true });
  expect(await command.install()).toEqual({ state: "installed", link, isOnPath: true });
  expect(await readlink(link)).toBe(file);
  // A second press changes nothing.
  expect(await command.install()).toEqual({ state: "installed", link, isOnPath: true });
  expect(await command.remove()).toEqual({ state: "absent", link, isOnPath: true });
  await expect(lstat(link)).rejects.toMatchObject({ code: "ENOENT" });
  expect(await readFile(file, "utf8")).toBe("#!/bin/sh\n");
  expect(asked).toEqual([]);
});

test("that terminals do not look into the folder yet is known", async () => {
  const { command } = await machine({ searchPath: ["/usr/bin"] });
  expect(await command.install()).toMatchObject({ state: "installed", isOnPath: false });
});

test("what is not the app's is neither replaced nor removed: a file, a folder, a link elsewhere, a dangling one", async () => {
  const { command, link, userHome } = await machine();
  await mkdir(dirname(link), { recursive: true });
  const other = join(userHome, "r1");
  await writeFile(other, "other");
  const obstacles = [
    () => writeFile(link, "mine"),
    () => mkdir(link),
    () => symlink(other, link),
    () => symlink("/gone/r1", link),
    () => symlink("r1", link),
    // It bears the app's name, but another program is there.
    async () => {
      await mkdir(join(userHome, "r1-workbench-fake"), { recursive: true });
      await writeFile(join(userHome, "r1-workbench-fake", "r1"), "");
      await symlink(join(userHome, "r1-workbench-fake", "r1"), link);
    },
  ];
  for (const place of obstacles) {
    await place();
    const before = await lstat(link);
    expect(await command.state()).toEqual({ state: "taken", link });
    await expect(command.install()).rejects.toMatchObject({ code: "command-not-linked", facts: { case: "taken" } });
    expect(await command.remove()).toEqual({ state: "taken", link });
    expect((await lstat(link)).ino).toBe(before.ino);
    await rm(link, { recursive: true });
  }
});

test("a link to another copy of the app, or to where an earlier release was, is renewed", async () => {
  const { command, link, file, userHome } = await machine();
  const earlier = join(userHome, "r1-workbench-0.9.0");
  await mkdir(dirname(link), { recursive: true });
  await symlink(await makeApp(earlier), link);
  expect(await command.state()).toMatchObject({ state: "absent" });
  // It is not this copy's to remove.
  await command.remove();
  expect(await readlink(link)).toBe(join(earlier, "r1"));
  expect(await command.install()).toMatchObject({ state: "installed" });
  expect(await readlink(link)).toBe(file);

  await rm(link);
  await symlink(join(earlier, "r1"), link);
  await rename(earlier, join(userHome, "gone"));
  expect(await command.install()).toMatchObject({ state: "installed" });
  expect(await readlink(link)).toBe(file);
});

test("a command that a package installed is named, and no second link is offered", async () => {
  const { userHome, file } = await machine();
  const bin = join(userHome, "usr-bin");
  const alternatives = join(userHome, "alternatives");
  await mkdir(bin);
  await symlink(file, alternatives);
  await symlink(alternatives, join(bin, "r1"));
  const command = new CommandLink({
    platform: "linux",
    file,
    folder: join(userHome, ".local", "bin"),
    searchPath: [join(userHome, ".local", "bin"), bin],
    asAdministrator: () => Promise.reject(new Error("Nobody was to be asked.")),
  });
  const packaged = { state: "packaged", link: join(bin, "r1") };
  expect(await command.state()).toEqual(packaged);
  expect(await command.install()).toEqual(packaged);
  await expect(lstat(join(userHome, ".local"))).rejects.toMatchObject({ code: "ENOENT" });
});

test("no link is made on Windows, nor to a copy of the app that does not stay", async () => {
  const onWindows = await machine({ platform: "win32", file: "C:\\R1 Workbench\\r1.cmd" });
  expect(await onWindows.command.install()).toEqual({ state: "unavailable", file: "C:\\R1 Workbench\\r1.cmd" });
  const { command } = await machine({ file: null });
  expect(await command.install()).toEqual({ state: "unavailable", file: null });
  expect(await command.remove()).toEqual({ state: "unavailable", file: null });
});

test("a folder that cannot be changed is named", async () => {
  const { command, userHome } = await machine();
  await writeFile(join(userHome, ".local"), "not a folder");
  await expect(command.install()).rejects.toMatchObject({
    code: "command-not-linked",
    facts: { case: "refused", path: join(userHome, ".local", "bin") },
  });
});

test.runIf(process.platform === "linux")(
  "on macOS, where the folder belongs to the system, an administrator is asked for exactly one link",
  async () => {
    const file = "/Applications/It's R1 Workbench.app/Contents/Resources/r1";
    // Nobody can create a folder here.
    const { command, asked } = await machine({ platform: "darwin", file, folder: "/sys/r1-bin", searchPath: [] });
    expect(await command.install()).toMatchObject({ state: "absent" });
    const quoted = "'/Applications/It'\\''s R1 Workbench.app/Contents/Resources/r1'";
    expect(asked).toEqual([`mkdir -p '/sys/r1-bin' && ln -s ${quoted} '/sys/r1-bin/r1'`]);
  },
);
