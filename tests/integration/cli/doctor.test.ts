import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runR1 } from "../../support/cli/runR1.ts";
import { nanoPath } from "../../support/engine/engineForTests.ts";
import { treeOf } from "../../support/homes/treeOf.ts";

const work = mkdtempSync(join(tmpdir(), "r1-doctor-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Check {
  name: string;
  ok: boolean;
  what: string;
  next: string | null;
}
const names = ["home", "settings", "store", "models", "engine", "backends", "disk", "network", "states", "log"];

it("finds nothing to do in a home that is used, and creates none", async () => {
  const home = join(work, "used");
  const absent = await runR1(["doctor", "--json"], { home });
  expect(() => treeOf(home)).toThrow("ENOENT");
  expect(absent.status).toBe(0);
  await runR1(["models"], { home });
  const before = treeOf(home);
  const { status, stdout, stderr } = await runR1(["doctor", "--json"], { home });
  expect(treeOf(home)).toEqual(before);
  const checks = JSON.parse(stdout) as Check[];
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect([...new Set(checks.map(({ name }) => name))]).toEqual(names);
  for (const check of checks) expect(check).toMatchObject({ ok: true, next: null, what: expect.stringMatching(/\S/) });
  expect(checks.find(({ name }) => name === "engine")?.what).toMatch(/R1 Nano answers/);
  expect(checks.filter(({ name }) => name === "backends")).toHaveLength(4);
});

it("says what to do about each damage, changes nothing, and exits with 1", async () => {
  const home = join(work, "damaged");
  for (const folder of ["store", "models", "state", "logs"]) mkdirSync(join(home, folder), { recursive: true });
  writeFileSync(join(home, "settings.json"), "{");
  writeFileSync(join(home, "store", "chats.db"), "no chats".repeat(1000));
  writeFileSync(join(home, "models", "broken.gguf"), "GGUF");
  cpSync(nanoPath, join(home, "models", "good.gguf"));
  writeFileSync(join(home, "state", "0123456789abcdef0123456789abcdef.bin"), "x");
  mkdirSync(join(home, "logs", "faults.log"));
  const before = treeOf(home);
  const { status, stdout } = await runR1(["doctor", "--json", "--offline"], { home });
  expect(treeOf(home)).toEqual(before);
  expect(status).toBe(1);
  const checks = JSON.parse(stdout) as Check[];
  const faulty = checks.filter(({ ok }) => !ok);
  expect(faulty.map(({ name }) => name).filter((name) => name !== "home")).toEqual([
    "settings",
    "store",
    "models",
    "states",
    "log",
  ]);
  for (const { next } of faulty) expect(next).toMatch(/\S/);
  expect(faulty.find(({ name }) => name === "models")?.what).toMatch(/^broken: /);
  expect(checks.find(({ name }) => name === "network")?.what).toMatch(/^Offline/);
});

it("prints the same for people, in their language", async () => {
  const home = join(work, "used");
  const { status, stdout } = await runR1(["doctor"], { home, env: { LC_ALL: "fr_FR.UTF-8" } });
  expect(status).toBe(0);
  expect(stdout).toMatch(/^ok {2}Dossier +\S/m);
  expect(stdout).toMatch(/\nTout est en ordre\.\n$/);
});
