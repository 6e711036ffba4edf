import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { installUpdate } from "../../../electron/main/installUpdate.ts";
import type { FetchedUpdate } from "../../../electron/workbench/updates/Updates.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

vi.mock("electron", () => ({
  app: { getVersion: () => "0.1.0", getName: () => "R1 Workbench" },
  autoUpdater: { once: () => undefined, emit: () => undefined },
}));
afterEach(() => vi.unstubAllEnvs());

/** An AppImage is run once after it was installed; this one notes that, and with which environment. */
const script = (noteFile: string): string =>
  `#!/bin/sh\necho "$APPIMAGE_EXIT_AFTER_INSTALL $APPIMAGE_SILENT_INSTALL" >"${noteFile}"\n`;

async function prepare() {
  const folder = await temporaryFolder();
  const home = join(folder, "home");
  const apps = join(folder, "apps");
  await mkdir(join(home, "updates"), { recursive: true });
  await mkdir(apps);
  const appImage = join(apps, "R1 Workbench.AppImage");
  await writeFile(appImage, "the old one");
  await chmod(appImage, 0o755);
  vi.stubEnv("APPIMAGE", appImage);
  vi.stubEnv("APPDIR", dirname(process.execPath));
  const content = script(join(folder, "ran"));
  const name = "R1-Workbench-0.2.0-linux-x64.AppImage";
  const path = join(home, "updates", name);
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
  return { folder, apps, appImage, content, home, faults, install };
}

test.runIf(process.platform === "linux")(
  "electron-updater puts the new AppImage in the old one's place, and asks no server",
  async () => {
    const { folder, apps, appImage, content, home, faults, install } = await prepare();
    await install();
    expect(faults).toEqual([]);
    expect(await readdir(apps)).toEqual(["R1 Workbench.AppImage"]);
    expect(await readFile(appImage, "utf8")).toBe(content);
    expect(await readFile(join(folder, "ran"), "utf8")).toBe("true true\n");
    // electron-updater's identifier stays with the rest, which the next start deletes.
    expect(await readdir(home)).toEqual(["updates"]);
  },
);

test.runIf(process.platform === "linux")("if it cannot be put there, the old AppImage is still there", async () => {
  const { folder, apps, appImage, faults, install } = await prepare();
  const tools = join(folder, "tools");
  await mkdir(tools);
  await writeFile(join(tools, "mv"), "#!/bin/sh\nexit 1\n");
  await chmod(join(tools, "mv"), 0o755);
  vi.stubEnv("PATH", `${tools}:${process.env["PATH"] ?? ""}`);
  await install();
  expect(faults).toHaveLength(1);
  expect(await readdir(apps)).toEqual(["R1 Workbench.AppImage"]);
  expect(await readFile(appImage, "utf8")).toBe("the old one");
});

test.runIf(process.platform === "linux")(
  "on Windows, electron-updater runs the installer without its questions (here a script in its place)",
  async () => {
    const { folder, home, appImage, install } = await prepare();
    const name = "r1-workbench-0.2.0-win-x64-setup.exe";
    const path = join(home, "updates", name);
    const content = `#!/bin/sh\necho "$@" >"${join(folder, "ran")}.part"\nmv "${join(folder, "ran")}.part" "${join(folder, "ran")}"\n`;
    await writeFile(path, content);
    await chmod(path, 0o755);
    const sha512 = createHash("sha512").update(content).digest("hex");
    vi.spyOn(process, "platform", "get").mockReturnValue("win32");
    await install({ path, file: { name, kind: "nsis", arch: "x64", sizeBytes: content.length, sha512 } });
    vi.restoreAllMocks();
    await expect.poll(() => readFile(join(folder, "ran"), "utf8").catch(() => "")).toBe("--updated /S\n");
    expect(await readFile(appImage, "utf8")).toBe("the old one");
  },
);

test.runIf(process.platform === "linux")(
  "the AppImage of another program, inherited from it, is left alone",
  async () => {
    const { apps, appImage, faults, install } = await prepare();
    vi.stubEnv("APPDIR", "/tmp/.mount_other");
    await install();
    expect(faults).toHaveLength(1);
    expect(await readdir(apps)).toEqual(["R1 Workbench.AppImage"]);
    expect(await readFile(appImage, "utf8")).toBe("the old one");
  },
);

test.runIf(process.platform === "linux")("an older version is not installed", async () => {
  const { appImage, faults, install } = await prepare();
  await install({ version: "0.0.9" });
  expect(faults).toHaveLength(1);
  expect(await readFile(appImage, "utf8")).toBe("the old one");
});
