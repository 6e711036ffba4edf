import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { diagnostics } from "../../../electron/main/diagnostics.ts";
import { recentFaults } from "../../../electron/workbench/faults/recentFaults.ts";

vi.mock("node:os", async (original) => ({
  ...(await original<object>()),
  hostname: () => "byron-laptop",
  homedir: () => "/home/lovelace",
  userInfo: () => ({ username: "lovelace" }),
}));
vi.mock("electron", () => ({ app: { getVersion: () => "1.2.3", isPackaged: true } }));

let home: string;
beforeEach(async () => (home = await mkdtemp(join(tmpdir(), "r1-diagnostics-"))));
afterEach(() => rm(home, { recursive: true, force: true }));

const log = [
  "2026-11-28T10:00:00.000Z K7QF-2M9X engine-out-of-memory: {}",
  "  at load (/home/ada/secret/plan.ts:1:1)",
  "2026-11-28T10:01:00.000Z K7QF-2M9Y The page ended: killed, exit code 9, chat 7f3a.",
  "not an entry of ours /home/ada",
  "2026-11-28T10:02:00.000Z K7QF-2M9Z internal",
].join("\n");

test("recent faults are told by time, id and code alone", () => {
  expect(recentFaults(log, 20)).toEqual([
    { at: "2026-11-28T10:00:00.000Z", id: "K7QF-2M9X", code: "engine-out-of-memory" },
    { at: "2026-11-28T10:01:00.000Z", id: "K7QF-2M9Y", code: null },
    { at: "2026-11-28T10:02:00.000Z", id: "K7QF-2M9Z", code: "internal" },
  ]);
  expect(recentFaults(Array(50).fill(log).join("\n"), 20)).toHaveLength(20);
});

test("diagnostics hold versions, the system and the engine, and no path, chat or user name", async () => {
  await mkdir(join(home, "logs"));
  await writeFile(join(home, "logs", "faults.log"), log);
  const info = {
    pid: 77,
    nodeVersion: "v22.1.0",
    libraryVersion: "3.21.1",
    llamaRelease: "b9999",
    backend: "cpu",
    computeCores: 4,
    cpuFeatures: ["AVX2"],
    probes: [
      {
        backend: "vulkan",
        usable: false,
        reason: { code: "failed", facts: { said: "/home/ada/driver.so is missing" } },
        devices: [],
        memory: null,
      },
      {
        backend: "cuda",
        usable: true,
        reason: { code: "found" },
        // As a driver might name a card that another machine offers.
        devices: ["Card of byron-laptop", "/home/lovelace/driver/card.so", "remote lovelace@card"],
        memory: null,
      },
    ],
  };
  const text = await diagnostics(
    home,
    Promise.resolve({ call: () => Promise.resolve({ state: "ready", info }) as never }),
  );
  const facts = JSON.parse(text) as Record<string, unknown>;
  expect(facts).toMatchObject({
    app: "1.2.3",
    node: process.versions.node,
    system: `${process.platform} ${process.arch}`,
    engine: {
      llamaCpp: "b9999",
      nodeLlamaCpp: "3.21.1",
      backend: "cpu",
      backends: [{ backend: "vulkan", reason: "failed" }, { backend: "cuda" }],
    },
    recentFaults: [{ id: "K7QF-2M9X" }, { id: "K7QF-2M9Y" }, { id: "K7QF-2M9Z" }],
  });
  expect(text).not.toMatch(/ada|secret|7f3a|driver/);
  expect(text).not.toMatch(/byron|lovelace/);
  expect(text).not.toContain(home);
});

test("without an engine and a log there are diagnostics all the same", async () => {
  const text = await diagnostics(home, Promise.reject(new Error("The workbench did not open.")));
  expect(JSON.parse(text)).toMatchObject({ app: "1.2.3", engine: null, recentFaults: [] });
});
