import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hasGraphics } from "../../../electron/main/hasGraphics.ts";

let devices: string;
beforeEach(async () => (devices = await mkdtemp(join(tmpdir(), "r1-devices-"))));
afterEach(() => rm(devices, { recursive: true, force: true }));

test("a Linux machine without a device to draw with has no graphics", async () => {
  expect(hasGraphics("linux", devices)).toBe(false);
  expect(hasGraphics("linux", join(devices, "absent"))).toBe(false);
  await mkdir(join(devices, "dri", "by-path"), { recursive: true });
  expect(hasGraphics("linux", devices)).toBe(false);
});

test.each(["dri/card0", "dri/card1", "dri/renderD128", "nvidiactl", "dxg"])("one with %s has", async (device) => {
  await mkdir(join(devices, "dri"));
  await writeFile(join(devices, device), "");
  expect(hasGraphics("linux", devices)).toBe(true);
});

test("other systems always have", () => {
  expect(hasGraphics("win32", devices)).toBe(true);
  expect(hasGraphics("darwin", devices)).toBe(true);
});
