import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { installUpdate } from "../../../electron/main/installUpdate.ts";
import type { FetchedUpdate } from "../../../electron/workbench/updates/Updates.ts";
import { updatesFolder } from "../../../electron/workbench/updates/updatesFolder.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

vi.mock("electron", () => ({
  app: { getVersion: () => "0.1.0", getName: () => "R1 Workbench" },
  autoUpdater: { once: () => undefined, emit: () => undefined },
}));
afterEach(() => vi.unstubAllEnvs());

/** While this is set, copies to this folder end half way: its disk is full. */
const full = vi.hoisted((): { folder: string | null } => ({ folder: null }));
vi.mock("node:fs/promises", async (importOriginal) => {
  const real = await importOriginal<typeof import("node:fs/promises")>();
  const copyFile = async (from: string, to: string): Promise<void> => {
    if (full.folder === null || !to.startsWith(full.folder)) return real.copyFile(from, to);
    await real.writeFile(to, "half");
    throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  };
  return { ...real, copyFile };
});
afterEach(() => {
  full.folder = null;
});

async function prepare() {
  const folder = await temporaryFolder();
  const home = join(folder, "home");
  const apps = join(folder, "apps");
  await mkdir(updatesFolder(home), { recursive: true });
  await mkdir(apps);
  const appImage = join(apps, "R1 Workbench.AppImage");
  await writeFile(appImage, "the old one");
  await chmod(appImage, 0o755);
  vi.stubEnv("APPIMAGE", appImage);
  vi.stubEnv("APPDIR", dirname(process.execPath));
  const content = "the new one";
  const name = "R1-Workbench-0.2.0-linux-x64.AppImage";
  const path = join(updatesFolder(home), name);
  await writeFile(path, content);
  const update: FetchedUpdate = {
    path,
    version: "0.2.0",
    publisher: null,
    file: {
      name,
      kind: "appimage",
      arch: "x64",
      sizeBytes: content.length,
      sha512: createHash("sha512").update(content).digest("hex"),
    },
  };
  const faults: string[] = [];
  const install = (given: Partial<FetchedUpdate> = {}) =>
    installUpdate({ ...update, ...given }, home, { add: (text: string) => (faults.push(text), "AAAA-AAAA") });
  return { folder, apps, appImage, content, home, path, faults, install };
}

const onLinux = test.runIf(process.platform === "linux");

onLinux("the new AppImage takes the old one's place, and nothing else in the folder changes", async () => {
  const { apps, appImage, content, faults, install } = await prepare();
  await writeFile(`${appImage}.old`, "the user's own");
  const ended = `R1 Workbench.AppImage.${randomUUID()}.new`;
  await writeFile(join(apps, ended), "of an installation that was ended");
  await install();
  expect(faults).toEqual([]);
  expect((await readdir(apps)).sort()).toEqual(["R1 Workbench.AppImage", "R1 Workbench.AppImage.old"]);
  expect(await readFile(appImage, "utf8")).toBe(content);
  expect((await stat(appImage)).mode & 0o777).toBe(0o755);
  expect(await readFile(`${appImage}.old`, "utf8")).toBe("the user's own");
});

onLinux("a version in the AppImage's name becomes the new one", async () => {
  const { apps, appImage, content, faults, install } = await prepare();
  const named = join(apps, "R1-Workbench-0.1.0-linux-x64.AppImage");
  await rename(appImage, named);
  vi.stubEnv("APPIMAGE", named);
  await install();
  expect(faults).toEqual([]);
  expect(await readdir(apps)).toEqual(["R1-Workbench-0.2.0-linux-x64.AppImage"]);
  expect(await readFile(join(apps, "R1-Workbench-0.2.0-linux-x64.AppImage"), "utf8")).toBe(content);
});

onLinux("if the disk is full, the old AppImage is still there, and nothing is left of the new one", async () => {
  const { apps, appImage, faults, install } = await prepare();
  await writeFile(`${appImage}.old`, "the user's own");
  full.folder = apps;
  await install();
  expect(faults).toEqual([expect.stringContaining("no space left on device")]);
  expect((await readdir(apps)).sort()).toEqual(["R1 Workbench.AppImage", "R1 Workbench.AppImage.old"]);
  expect(await readFile(appImage, "utf8")).toBe("the old one");
});

onLinux("a file that was changed after it was verified is not installed", async () => {
  const { apps, appImage, content, faults, path, install } = await prepare();
  await writeFile(path, content.replace("new", "bad"));
  await install();
  expect(faults).toHaveLength(1);
  expect(await readdir(apps)).toEqual(["R1 Workbench.AppImage"]);
  expect(await readFile(appImage, "utf8")).toBe("the old one");
});

/** Installs on Windows, with a script in the installer's place. */
async function onWindows(change: (content: string) => string = (content) => content) {
  const prepared = await prepare();
  const { folder, home, install } = prepared;
  const name = "r1-workbench-0.2.0-win-x64-setup.exe";
  const path = join(updatesFolder(home), name);
  const ran = join(folder, "ran");
  const content = `#!/bin/sh\necho "$@" >"${ran}.part"\nmv "${ran}.part" "${ran}"\n`;
  await writeFile(path, change(content));
  await chmod(path, 0o755);
  const sha512 = createHash("sha512").update(content).digest("hex");
  vi.spyOn(process, "platform", "get").mockReturnValue("win32");
  await install({ path, file: { name, kind: "nsis", arch: "x64", sizeBytes: content.length, sha512 } });
  vi.restoreAllMocks();
  return { ...prepared, ran };
}

onLinux("on Windows, electron-updater runs the installer without its questions", async () => {
  const { home, appImage, faults, ran } = await onWindows();
  await expect.poll(() => readFile(ran, "utf8").catch(() => "")).toBe("--updated /S\n");
  expect(await readFile(appImage, "utf8")).toBe("the old one");
  expect(faults).toEqual([]);
  // electron-updater's identifier stays with the rest, which the next start deletes.
  expect(await readdir(home)).toEqual(["updates"]);
});

onLinux("on Windows, an installer that was changed after it was verified is not run", async () => {
  const { folder, faults } = await onWindows((content) => content.replace("echo", "ECHO"));
  expect(faults.join()).toContain("changed after it was verified");
  expect((await readdir(folder)).sort()).toEqual(["apps", "home"]);
});

onLinux("the AppImage of another program, inherited from it, is left alone", async () => {
  const { apps, appImage, faults, install } = await prepare();
  vi.stubEnv("APPDIR", "/tmp/.mount_other");
  await install();
  expect(faults).toHaveLength(1);
  expect(await readdir(apps)).toEqual(["R1 Workbench.AppImage"]);
  expect(await readFile(appImage, "utf8")).toBe("the old one");
});

onLinux("an older version is not installed", async () => {
  const { appImage, faults, install } = await prepare();
  await install({ version: "0.0.9" });
  expect(faults).toHaveLength(1);
  expect(await readFile(appImage, "utf8")).toBe("the old one");
});
