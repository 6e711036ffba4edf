import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { bundledNode } from "../../../scripts/setup/bundledNode.mjs";
import { sourcesStamp } from "../../../scripts/setup/built.mjs";
import { dependenciesStamp, isInstalled } from "../../../scripts/setup/dependencies.mjs";
import { isIntact, verifyIntegrity } from "../../../scripts/setup/fallbackRuntime.mjs";
import { isNodeNewEnough } from "../../../scripts/setup/nodeVersion.mjs";
import { oneAtATime } from "../../../scripts/setup/oneAtATime.mjs";
import { missingLibraries, packagesFor } from "../../../scripts/setup/systemPackages.mjs";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "r1-setup-test-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ["18.20.0", false],
  ["20.18.9", false],
  ["20.19.0", true],
  ["21.0.0", true],
  ["24.1.0", true],
])("Node %s is new enough: %s", (version, expected) => {
  expect(isNodeNewEnough(version)).toBe(expected);
});

test("a tarball that differs in one byte is refused, with both hashes", async () => {
  const file = join(folder, "runtime.tgz");
  const integrity = `sha512-${createHash("sha512").update("the real one").digest("base64")}`;
  await writeFile(file, "the real one");
  await expect(verifyIntegrity(file, integrity)).resolves.toBeUndefined();
  await writeFile(file, "the real onE");
  await expect(verifyIntegrity(file, integrity)).rejects.toThrow(integrity);
});

test("an unpacked runtime with a missing or truncated file is not intact", async () => {
  await writeFile(join(folder, "electron"), "12345");
  expect(await isIntact(folder)).toBe(false);
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ electron: 5 }));
  expect(await isIntact(folder)).toBe(true);
  await writeFile(join(folder, "electron"), "123");
  expect(await isIntact(folder)).toBe(false);
  await rm(join(folder, "electron"));
  expect(await isIntact(folder)).toBe(false);
});

test("another lockfile or another platform requires another install", () => {
  const stamp = dependenciesStamp("lock", "linux-x64");
  expect(dependenciesStamp("lock", "linux-x64")).toBe(stamp);
  expect(dependenciesStamp("lock2", "linux-x64")).not.toBe(stamp);
  expect(dependenciesStamp("lock", "darwin-arm64")).not.toBe(stamp);
});

test("installed means that every package that is not optional is there, in the locked version", () => {
  const wanted = {
    packages: {
      "": { version: "1.0.0" },
      "node_modules/a": { version: "1.0.0", integrity: "x" },
      "node_modules/other-platform": { version: "1.0.0", integrity: "y", optional: true },
    },
  };
  expect(isInstalled(wanted, { packages: { "node_modules/a": { version: "1.0.0", integrity: "x" } } })).toBe(true);
  expect(isInstalled(wanted, { packages: { "node_modules/a": { version: "1.0.1", integrity: "z" } } })).toBe(false);
  expect(isInstalled(wanted, { packages: {} })).toBe(false);
});

test("a changed, a touched and a new source, and another place of components, each require another build", async () => {
  for (const path of ["electron", "renderer", "resources", "scripts/components", "scripts/packaging"])
    await mkdir(join(folder, path), { recursive: true });
  const scripts = ["scripts/build.mjs", "scripts/packaging/bundledPackages.mjs", "vite.config.ts"];
  const files = [...scripts, "resources/components.json", "package.json", "package-lock.json", "electron/main.ts"];
  for (const file of files) await writeFile(join(folder, file), "1");
  const first = sourcesStamp(folder);
  expect(sourcesStamp(folder)).toBe(first);

  await utimes(join(folder, "electron/main.ts"), 1_000, 1_000);
  const touched = sourcesStamp(folder);
  expect(touched).not.toBe(first);
  await writeFile(join(folder, "renderer/new.ts"), "1");
  const added = sourcesStamp(folder);
  expect(added).not.toBe(touched);
  await writeFile(join(folder, "resources/components.json"), "12");
  const listed = sourcesStamp(folder);
  expect(listed).not.toBe(added);
  vi.stubEnv("R1_COMPONENTS_URL", "https://files.test/r1");
  expect(sourcesStamp(folder)).not.toBe(listed);
  vi.unstubAllEnvs();
});

test("two workers on one subject take turns, and a lock left by a dead process is taken over", async () => {
  const steps: string[] = [];
  const worker = (name: string) =>
    oneAtATime(folder, async () => {
      steps.push(`${name} in`);
      await new Promise((resolve) => setImmediate(resolve));
      steps.push(`${name} out`);
    });
  await Promise.all([worker("a"), worker("b")]);
  expect(new Set(steps.map((step) => step[0]))).toEqual(new Set(["a", "b"]));
  expect(steps[2]?.[0]).toBe(steps[3]?.[0]);
  expect(steps[0]?.[0]).toBe(steps[1]?.[0]);

  const subject = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const pidBeyondAny = 2 ** 22 + 1;
  await writeFile(join(tmpdir(), `r1-workbench-${process.getuid?.() ?? "user"}-${subject}.lock`), `${pidBeyondAny}`);
  await worker("c");
  expect(steps.at(-1)).toBe("c out");
});

test("libraries missing for ldd become a few packages, and a program becomes its package", () => {
  const ldd = `	linux-vdso.so.1 (0x00007efc678c0000)
	libnss3.so => not found
	libgtk-3.so.0 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007efc67400000)
`;
  const missing = missingLibraries(ldd);
  expect(missing).toEqual(["libnss3.so", "libgtk-3.so.0"]);
  const libraries = ["libgtk-3-0", "libnss3", "libgbm1", "'^libasound2(t64)?$'"];
  expect(packagesFor([...missing, "xvfb-run", "xauth", "ip"])).toEqual([...libraries, "xvfb", "xauth", "iproute2"]);
  expect(packagesFor(["strace"])).toEqual(["strace"]);
});

test("Electron's installer runs on the Node among the dependencies, which is new enough for it", async () => {
  const { stdout } = await promisify(execFile)(bundledNode(), ["--version"]);
  const manifest = createRequire(import.meta.url).resolve("electron/package.json");
  const { engines } = JSON.parse(await readFile(manifest, "utf8")) as { engines: { node: string } };
  const [, major = "", minor = ""] = />= ?(\d+)\.(\d+)/.exec(engines.node) ?? [];
  const [ownMajor = 0, ownMinor = 0] = stdout.slice(1).split(".").map(Number);
  expect(ownMajor * 1000 + ownMinor).toBeGreaterThanOrEqual(Number(major) * 1000 + Number(minor));
});
