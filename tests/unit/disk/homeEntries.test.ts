import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { kindOfEntry } from "../../../electron/workbench/home/homeEntries.ts";

const rooms = ["main", "workbench", "server", "cli"].map((room) =>
  fileURLToPath(new URL(`../../../electron/${room}`, import.meta.url)),
);

/** Files and folders of other programs, whose paths the app builds in the same way. */
const others = new Set(["Library", "AppData", ".config", ".local", ".cache", ".lmstudio", ".ollama", "jan"]);

test("every file and folder that the app names in its home has an entry, so that it is listed and erased", () => {
  const named = new Map<string, string>();
  for (const room of rooms) {
    for (const file of readdirSync(room, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts")) continue;
      const source = readFileSync(join(room, file), "utf8");
      for (const [, name = ""] of source.matchAll(/join\(\s*(?:\w+\.)*#?home,\s*"([^"]+)"/g)) named.set(name, file);
    }
  }
  // The search finds them at all.
  for (const name of ["store", "settings.json", "logs", "state", "connections.jsonl"])
    expect([...named.keys()]).toContain(name);
  const unclaimed = [...named].filter(([name]) => !others.has(name) && kindOfEntry(name) === "other");
  expect(unclaimed).toEqual([]);
});

test("backups, files that were set aside, and those that are being written belong to their file", () => {
  for (const ending of [
    "",
    ".bak",
    ".damaged-1764370000000",
    ".bak.0b0e9c6e-9d1f-4c3e-8a57-000000000000.tmp",
    ".0b0e9c6e-9d1f-4c3e-8a57-000000000000.tmp",
  ]) {
    expect(kindOfEntry(`settings.json${ending}`)).toBe("settings");
  }
  expect(kindOfEntry("connections.jsonl.old")).toBe("connections");
  expect(kindOfEntry("models-move.lock")).toBe("windows");
  for (const name of [
    "SingletonLock",
    "Local State",
    "Code Cache",
    "GPUCache",
    "DawnWebGPUCache",
    "browser",
    ".org.chromium.Chromium.aB3",
  ]) {
    expect(kindOfEntry(name)).toBe("browser");
  }
});

test("what the app did not write is other", () => {
  for (const name of [
    "notes.txt",
    "xsettings.json",
    "store2",
    "mymodels",
    "settings",
    ".git",
    "logs.zip",
    "settings.json.mine",
    "pip Cache",
  ]) {
    expect(kindOfEntry(name)).toBe("other");
  }
});
