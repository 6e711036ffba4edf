import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { toType } from "../../../scripts/setup/apt.mjs";
import { sourcesStamp } from "../../../scripts/setup/built.mjs";
import { dependenciesStamp, isInstalled } from "../../../scripts/setup/dependencies.mjs";
import { whyNoDisplay, xAddresses } from "../../../scripts/setup/display.mjs";
import { downloadHost } from "../../../scripts/setup/electronDownload.mjs";
import { isIntact, verifyIntegrity } from "../../../scripts/setup/fallbackRuntime.mjs";
import { isNodeNewEnough } from "../../../scripts/setup/nodeVersion.mjs";
import { oneAtATime } from "../../../scripts/setup/oneAtATime.mjs";

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

test("a tarball with one other byte is refused, with both hashes", async () => {
  const file = join(folder, "runtime.tgz");
  const integrity = `sha512-${createHash("sha512").update("the real one").digest("base64")}`;
  await writeFile(file, "the real one");
  await expect(verifyIntegrity(file, integrity)).resolves.toBeUndefined();
  await writeFile(file, "the real onE");
  await expect(verifyIntegrity(file, integrity)).rejects.toThrow(integrity);
});

test("an unpacked runtime with a missing or cut file is not intact", async () => {
  await writeFile(join(folder, "electron"), "12345");
  expect(await isIntact(folder)).toBe(false);
  await writeFile(join(folder, "manifest.json"), JSON.stringify({ electron: 5 }));
  expect(await isIntact(folder)).toBe(true);
  await writeFile(join(folder, "electron"), "123");
  expect(await isIntact(folder)).toBe(false);
  await rm(join(folder, "electron"));
  expect(await isIntact(folder)).toBe(false);
});

test("another lockfile or another platform asks for another install", () => {
  const stamp = dependenciesStamp("lock", "linux-x64");
  expect(dependenciesStamp("lock", "linux-x64")).toBe(stamp);
  expect(dependenciesStamp("lock2", "linux-x64")).not.toBe(stamp);
  expect(dependenciesStamp("lock", "darwin-arm64")).not.toBe(stamp);
});

test("installed means: every package that is not optional, in the locked version", () => {
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

test("a changed, a touched and a new source each ask for another build", async () => {
  for (const path of ["electron", "renderer", "scripts/packaging"])
    await mkdir(join(folder, path), { recursive: true });
  const scripts = ["scripts/build.mjs", "scripts/packaging/bundledPackages.mjs", "vite.config.ts"];
  const files = [...scripts, "package.json", "package-lock.json", "electron/main.ts"];
  for (const file of files) await writeFile(join(folder, file), "1");
  const first = sourcesStamp(folder);
  expect(sourcesStamp(folder)).toBe(first);

  await utimes(join(folder, "electron/main.ts"), 1_000, 1_000);
  const touched = sourcesStamp(folder);
  expect(touched).not.toBe(first);
  await writeFile(join(folder, "renderer/new.ts"), "1");
  expect(sourcesStamp(folder)).not.toBe(touched);
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

test("Electron's mirror decides which host is tried first", () => {
  expect(downloadHost({})).toEqual({ host: "github.com", port: 443 });
  expect(downloadHost({ ELECTRON_MIRROR: "http://mirror.example:8080/electron/" })).toEqual({
    host: "mirror.example",
    port: 8080,
  });
});

test("a DISPLAY names a socket or a host", () => {
  expect(xAddresses(":7")).toContainEqual({ path: "/tmp/.X11-unix/X7" });
  expect(xAddresses("host:10.0")).toEqual([{ host: "host", port: 6010 }]);
  expect(xAddresses("nonsense")).toEqual([]);
});

test.runIf(process.platform === "linux")("a window needs a display that accepts connections", async () => {
  expect(await whyNoDisplay({})).toContain("no display");
  expect(await whyNoDisplay({ DISPLAY: "nonsense" })).toContain("cannot be opened");
  const socket = join(folder, "wayland-0");
  expect(await whyNoDisplay({ WAYLAND_DISPLAY: socket })).toContain("cannot be opened");
  const server = createServer().listen(socket);
  await new Promise((resolve) => server.once("listening", resolve));
  expect(await whyNoDisplay({ WAYLAND_DISPLAY: socket })).toBeNull();
  server.close();
});

test("what a person has to type names every package", () => {
  expect(toType(["libnss3", "xvfb"], "run the tests")).toContain(
    "apt-get install -y --no-install-recommends libnss3 xvfb",
  );
});
