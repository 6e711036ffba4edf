import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FuseV1Options } from "@electron/fuses";
import { beforeAll, describe, expect, test } from "vitest";
import { assertContents } from "../../../scripts/packaging/assertContents.mjs";
import { fallbackNotice } from "../../../scripts/packaging/fallbackNotice.mjs";
import { targetOf } from "../../../scripts/packaging/nativeFiles.mjs";
import { signingArguments } from "../../../scripts/packaging/signing.mjs";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const root = new URL("../../../", import.meta.url);
let config = "";

beforeAll(async () => {
  config = await readFile(new URL("electron-builder.yml", root), "utf8");
});

test("every fuse that @electron/fuses knows is stated in electron-builder.yml", () => {
  const stated = [...section("electronFuses").matchAll(/^ {2}(\w+): (?:true|false)$/gm)].map(([, name = ""]) => name);
  const known = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  expect(stated.map((name) => name.toLowerCase()).sort()).toEqual(known.map((name) => name.toLowerCase()).sort());
});

test("each system and processor has its targets and the Node that the app depends on", async () => {
  const targets = (name: string): string | undefined => /^ {2}target: \[(.+)\]$/m.exec(section(name))?.[1];
  expect(targets("linux")).toBe("dir, tar.gz, deb, AppImage, rpm");
  expect(targets("mac")).toBe("dmg, zip");
  expect(targets("win")).toBe("nsis, portable");

  const { optionalDependencies } = JSON.parse(await readFile(new URL("package.json", root), "utf8")) as {
    optionalDependencies: Record<string, string>;
  };
  const named = ["x64", "arm64"].flatMap((arch) =>
    [...config.matchAll(/"node_modules\/(node-[^/]+)\/bin"/g)].map(([, name = ""]) => name.replace("${arch}", arch)),
  );
  expect(Object.keys(optionalDependencies).filter((name) => !named.includes(name))).toEqual([]);
});

test("uninstalling on Windows keeps chats and models, and no system is left without its hardening", () => {
  expect(section("nsis")).toContain("deleteAppDataOnUninstall: false");
  expect(section("mac")).toContain("hardenedRuntime: true");
  // The older AppImage launcher always switches off Chromium's sandbox.
  expect(config).toMatch(/^toolsets: \{ appimage: 1\.0\.\d \}$/m);
});

test("the fallback runtime gets into no package that is distributed", () => {
  const here = { all: false, signed: false };
  expect(fallbackNotice({ isFallback: false }, { all: true, signed: true })).toBeNull();
  expect(fallbackNotice({ isFallback: true }, here)).toContain("testing only");
  expect(() => fallbackNotice({ isFallback: true }, { ...here, signed: true })).toThrow("not installed");
  expect(() => fallbackNotice({ isFallback: true }, { ...here, all: true })).toThrow("not installed");
});

test("the desktop entry has the name by which Wayland finds it", async () => {
  const { desktopName } = JSON.parse(await readFile(new URL("package.json", root), "utf8")) as { desktopName: string };
  expect(section("linux")).toContain("syncDesktopName: true");
  expect(section("linux")).toContain(`executableName: ${desktopName.replace(".desktop", "")}`);
});

describe("icons", () => {
  test("a PNG of each size that Linux uses", async () => {
    for (const size of [16, 32, 48, 64, 128, 256, 512]) {
      const png = await readFile(new URL(`resources/icons/${size}x${size}.png`, root));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    }
  });

  test("the Windows icon has every size up to 256", async () => {
    const ico = await readFile(new URL("resources/installer/icon.ico", root));
    const entries = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => 6 + 16 * index);
    expect(entries.map((at) => ico.readUInt8(at) || 256)).toEqual([16, 24, 32, 48, 64, 128, 256]);
    for (const at of entries) {
      const png = ico.subarray(ico.readUInt32LE(at + 12)).subarray(0, ico.readUInt32LE(at + 8));
      expect(png.toString("latin1", 1, 4)).toBe("PNG");
      expect(png.readUInt32BE(16)).toBe(ico.readUInt8(at) || 256);
    }
  });

  test("the macOS icon has every size up to 1,024", async () => {
    const icns = await readFile(new URL("resources/installer/icon.icns", root));
    expect(icns.toString("latin1", 0, 4)).toBe("icns");
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    const sizes: number[] = [];
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) sizes.push(icns.readUInt32BE(at + 8 + 16));
    expect([...new Set(sizes)].sort((a, b) => a - b)).toEqual([16, 32, 64, 128, 256, 512, 1024]);
  });
});

describe("native files", () => {
  test("are known by their headers", () => {
    expect(targetOf(elf(0x3e))).toBe("linux-x64");
    expect(targetOf(elf(0xb7))).toBe("linux-arm64");
    expect(targetOf(elf(0x28))).toBe("other");
    expect(targetOf(machO(0x01000007))).toBe("darwin-x64");
    expect(targetOf(machO(0x0100000c))).toBe("darwin-arm64");
    expect(targetOf(pe(0x8664))).toBe("win32-x64");
    expect(targetOf(pe(0xaa64))).toBe("win32-arm64");
    expect(targetOf(pe(0x14c))).toBe("other");
    expect(targetOf(Buffer.from("MZ is how this long text begins, and it is no program at all. ".repeat(3)))).toBe(
      "other",
    );
    expect(targetOf(Buffer.from("#!/bin/sh\n".repeat(20)))).toBeNull();
    expect(targetOf(Buffer.alloc(0))).toBeNull();
  });

  test("of another processor, or one that is missing, end the build", async () => {
    const folder = await temporaryFolder();
    const app = {
      "resources/node/node": elf(0xb7),
      "resources/app.asar.unpacked/node_modules/@node-llama-cpp/linux-arm64/bins/linux-arm64/llama-addon.node":
        elf(0xb7),
      "resources/app.asar.unpacked/node_modules/@photostructure/sqlite/prebuilds/linux-arm64/x.glibc.node": elf(0xb7),
    };
    for (const [path, bytes] of Object.entries(app)) await put(join(folder, path), bytes);
    await expect(assertContents(folder, "linux-arm64")).rejects.toThrow("the downloads' checksums");
    const crc32 = "resources/app.asar.unpacked/node_modules/@node-rs/crc32-linux-arm64-gnu/crc32.node";
    await put(join(folder, crc32), elf(0xb7));
    await expect(assertContents(folder, "linux-arm64")).rejects.toThrow("lacks the encrypted chats' database");
    const ciphers =
      "resources/app.asar.unpacked/node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-arm64.node";
    await put(join(folder, ciphers), elf(0xb7));
    await assertContents(folder, "linux-arm64");
    await put(join(folder, "resources/app.asar.unpacked/node_modules/other/it.node"), elf(0x3e));
    await expect(assertContents(folder, "linux-arm64")).rejects.toThrow(/for others:\n.*other\/it\.node \(linux-x64\)/);
  });
});

describe("signing", () => {
  const apple = { APPLE_API_KEY: "k.p8", APPLE_API_KEY_ID: "id", APPLE_API_ISSUER: "issuer" };
  const azure = {
    AZURE_SIGNING_ENDPOINT: "https://weu.codesigning.azure.net",
    AZURE_SIGNING_ACCOUNT: "account",
    AZURE_SIGNING_PROFILE: "profile",
    AZURE_SIGNING_PUBLISHER: "CN=R1",
  };

  test("on macOS, signs and notarizes if the variables are set", () => {
    const { args, notice } = signingArguments("darwin", { CSC_LINK: "base64", ...apple }, true);
    expect(args).toEqual(["--config.mac.notarize=true", "--config.forceCodeSigning=true"]);
    expect(notice).toBeNull();
  });

  test("on macOS without a certificate, signs for this machine only and says so", () => {
    const { args, notice } = signingArguments("darwin", {}, false);
    expect(args).toContain("--config.mac.identity=-");
    expect(notice).toContain("CSC_LINK");
  });

  test("on Windows, uses Azure's service or a certificate", () => {
    const { args } = signingArguments("win32", azure, true);
    expect(args).toContain("--config.win.azureSignOptions.endpoint=https://weu.codesigning.azure.net");
    expect(args).toContain("--config.win.azureSignOptions.publisherName=CN=R1");
    expect(signingArguments("win32", { WIN_CSC_LINK: "file" }, true)).toEqual({
      args: ["--config.forceCodeSigning=true"],
      notice: null,
    });
  });

  test("a package that must be signed and cannot be is not built", () => {
    expect(() => signingArguments("darwin", apple, true)).toThrow("CSC_LINK");
    expect(() => signingArguments("darwin", { CSC_LINK: "base64" }, true)).toThrow("APPLE_API_KEY");
    expect(() => signingArguments("win32", { ...azure, AZURE_SIGNING_PROFILE: "" }, true)).toThrow("AZURE_SIGNING");
    expect(signingArguments("linux", {}, true)).toEqual({ args: [], notice: null });
  });
});

/** Returns the lines under one key of electron-builder.yml. */
function section(name: string): string {
  const [, found = ""] = new RegExp(`^${name}:\\n((?:[ #].*\\n|\\n)+)`, "m").exec(config) ?? [];
  return found;
}

async function put(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}

function elf(machine: number): Buffer {
  const head = Buffer.alloc(64);
  head.writeUInt32BE(0x7f454c46, 0);
  head.writeUInt16LE(machine, 18);
  return head;
}

function machO(processor: number): Buffer {
  const head = Buffer.alloc(64);
  head.writeUInt32BE(0xcffaedfe, 0);
  head.writeUInt32LE(processor, 4);
  return head;
}

function pe(machine: number): Buffer {
  const head = Buffer.alloc(256);
  head.write("MZ", 0, "latin1");
  head.writeUInt32LE(128, 0x3c);
  head.write("PE", 128, "latin1");
  head.writeUInt16LE(machine, 132);
  return head;
}
