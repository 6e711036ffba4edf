import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserWindow } from "electron";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Zoom } from "../../../electron/main/Zoom.ts";

let home: string;
beforeEach(async () => (home = await mkdtemp(join(tmpdir(), "r1-zoom-"))));
afterEach(() => rm(home, { recursive: true, force: true }));

test("it goes in steps from 50 to 200 %, in all windows, and is kept", () => {
  const factors: number[] = [];
  const window = {
    isDestroyed: () => false,
    webContents: { setZoomFactor: (factor: number) => factors.push(factor) },
  } as unknown as BrowserWindow;
  const zoom = new Zoom(home);
  expect(zoom.percent).toBe(100);
  const seen: number[] = [];
  for (let time = 0; time < 7; time++) seen.push(zoom.change("in", [window]));
  expect(seen).toEqual([110, 125, 150, 175, 200, 200, 200]);
  expect(factors).toEqual([1.1, 1.25, 1.5, 1.75, 2, 2, 2]);
  expect(new Zoom(home).percent).toBe(200);
  expect(zoom.change("reset", [])).toBe(100);
  for (let time = 0; time < 7; time++) zoom.change("out", []);
  expect(new Zoom(home).percent).toBe(50);
});

test("a file that the app did not write leaves the usual size", async () => {
  for (const text of ["", "{", '{"percent": 1000}', '{"percent": "100"}', "null"]) {
    await writeFile(join(home, "zoom.json"), text);
    expect(new Zoom(home).percent, text).toBe(100);
  }
});
