import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { makeFolder, makeFolderSync } from "../../../electron/workbench/home/makeFolder.ts";
import { makeHomeFolder } from "../../../electron/workbench/home/makeHomeFolder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "r1-folders-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ways: [name: string, make: (path: string) => Promise<void>][] = [
  ["makeFolder", makeFolder],
  ["makeFolderSync", async (path) => makeFolderSync(path)],
];

describe.each(ways)("%s", (_, make) => {
  it("creates missing folders with private permissions, and accepts existing ones", async () => {
    const deep = join(folder, "a", "b", "c");
    await make(deep);
    await make(deep);
    expect(statSync(deep).isDirectory()).toBe(true);
    if (process.platform !== "win32") expect(statSync(join(folder, "a")).mode & 0o777).toBe(0o700);
  });

  it("accepts a folder behind a link", async () => {
    mkdirSync(join(folder, "real"));
    symlinkSync(join(folder, "real"), join(folder, "link"), "junction");
    await make(join(folder, "link", "inside"));
    expect(existsSync(join(folder, "real", "inside"))).toBe(true);
  });

  it("refuses a path at or below a file, and a dangling link", async () => {
    writeFileSync(join(folder, "file"), "");
    symlinkSync(join(folder, "nowhere"), join(folder, "broken"), "junction");
    await expect(make(join(folder, "file"))).rejects.toMatchObject({ code: "EEXIST" });
    await expect(make(join(folder, "file", "a", "b"))).rejects.toMatchObject({ syscall: expect.any(String) });
    await expect(make(join(folder, "broken"))).rejects.toMatchObject({ code: "EEXIST" });
  });

  it.runIf(process.platform === "linux")("ends where a file system takes no folders", async () => {
    await expect(make("/proc/x")).rejects.toMatchObject({ code: "ENOENT" });
    await expect(make("/proc/x/y/z")).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("makeHomeFolder", () => {
  it("names the folder and the reason", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => makeHomeFolder(file)).toThrow(
      expect.objectContaining({
        code: "home-not-made",
        facts: expect.objectContaining({ folder: file, case: "nameTaken" }),
      }),
    );
    makeHomeFolder(join(folder, "home"));
    expect(statSync(join(folder, "home")).isDirectory()).toBe(true);
  });

  it.skipIf(process.platform === "win32")("refuses the folder of another user, but not one that only root owns", () => {
    // Root can give it to someone; for anyone else, it is as if they were someone else.
    const user = process.getuid?.() ?? 0;
    if (user === 0) chownSync(folder, 4243, 4243);
    const getuid = vi.spyOn(process, "getuid").mockReturnValue(4242);
    try {
      const refused = { code: "home-not-made", facts: { folder, case: "anotherUsers", reason: "" } };
      expect(() => makeHomeFolder(folder)).toThrow(expect.objectContaining(refused));
      getuid.mockReturnValue(statSync(folder).uid);
      makeHomeFolder(folder);
      getuid.mockReturnValue(0);
      makeHomeFolder(folder);
    } finally {
      getuid.mockRestore();
    }
  });
});

it("no other code in the app creates folders recursively", () => {
  const room = fileURLToPath(new URL("../../../electron", import.meta.url));
  const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const recursive = files.filter((name) => /mkdir(Sync)?\([^;]*recursive/.test(readFileSync(join(room, name), "utf8")));
  expect(recursive).toEqual([]);
});
