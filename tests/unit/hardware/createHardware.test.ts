import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { type EngineInfo, type EngineState, unusableBackend } from "../../../electron/contract/engine.ts";
import { WorkbenchError } from "../../../electron/contract/errors.ts";
import type { LoadState } from "../../../electron/contract/models.ts";
import { hardwareReport } from "../../../electron/texts/hardwareReport.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { NotMeasured } from "../../../electron/workbench/hardware/NotMeasured.ts";
import { createHardware, type HardwareOptions } from "../../../electron/workbench/hardware/createHardware.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const info: EngineInfo = {
  pid: 1,
  nodeVersion: "22",
  libraryVersion: "3",
  llamaRelease: "b1",
  backend: "cpu",
  probes: [
    unusableBackend("cuda", { code: "noDriver" }),
    { ...unusableBackend("cpu", { code: "always" }), usable: true },
  ],
  computeCores: 2,
  cpuFeatures: ["AVX2"],
};

let home: string;
let engine: { state: EngineState; start(): Promise<EngineInfo> };
/** Resolves with the disk's read speed, or rejects with why it cannot be measured. */
let disk: () => Promise<number>;
let disksRead: string[];
let largest: string | null;
/** The load of other programs, in cores. */
let load: number;

/** Replaces the memory measurement: records each run in a file and prints three passes. */
const memoryReads = `
  import { appendFileSync } from "node:fs";
  appendFileSync(new URL("runs", import.meta.url), "x");
  console.log("[4.9e9, 5.1e9, 5e9]");
`;

beforeEach(async () => {
  home = await temporaryFolder();
  await writeFile(join(home, "memoryReads.mjs"), memoryReads);
  engine = { state: { state: "ready", info }, start: () => Promise.resolve(info) };
  disk = () => Promise.resolve(2e9);
  disksRead = [];
  largest = "/models/big.gguf";
  load = 0;
});

function open(more: Partial<HardwareOptions> = {}) {
  return createHardware({
    home,
    modelsFolder: home,
    engine,
    enginePaths: { nodePath: process.execPath, entry: join(home, "no-engine.js") },
    memoryReads: join(home, "memoryReads.mjs"),
    largestModel: () => Promise.resolve(largest),
    loadedModel: () => ({ state: "none" }),
    measureDisk: (path) => {
      disksRead.push(path);
      return disk();
    },
    watchLoad: () => Promise.resolve(load),
    ...more,
  });
}

const memoryRuns = async (): Promise<number> => (await readFile(join(home, "runs"), "utf8").catch(() => "")).length;

test("speeds are measured once per boot, by the first caller, and again on request", async () => {
  const hardware = open();
  const [profile] = await Promise.all([hardware.profile(false), hardware.profile(false)]);
  expect(profile.memory).toMatchObject({ bandwidthBytesPerSecond: 5e9, bandwidthProblem: null });
  expect(profile.disk).toMatchObject({ readBytesPerSecond: 2e9, readProblem: null });
  expect(await memoryRuns()).toBe(1);
  disk = () => Promise.resolve(3e9);
  expect((await open().profile(false)).disk.readBytesPerSecond).toBe(2e9);
  expect(await memoryRuns()).toBe(1);
  expect((await open().profile(true)).disk.readBytesPerSecond).toBe(3e9);
  expect(await memoryRuns()).toBe(2);
});

test("speeds measured before a reboot are measured again", async () => {
  await open().profile(false);
  const file = join(home, "machine-speeds.json");
  const kept = JSON.parse(await readFile(file, "utf8")) as object;
  await writeFile(file, JSON.stringify({ ...kept, boot: "another" }));
  await open().profile(false);
  expect(await memoryRuns()).toBe(2);
  await writeFile(file, "{");
  await open().profile(false);
  expect(await memoryRuns()).toBe(3);
});

test("a disk that could not be measured is retried, alone, once there is a model to read", async () => {
  largest = null;
  const hardware = open();
  expect((await hardware.profile(false)).disk).toMatchObject({
    readBytesPerSecond: null,
    readProblem: "noModel",
  });
  largest = "/models/small.gguf";
  disk = () => Promise.reject(new NotMeasured("modelTooSmall"));
  expect((await hardware.profile(false)).disk.readProblem).toBe("modelTooSmall");
  largest = "/models/big.gguf";
  disk = () => Promise.resolve(2e9);
  // Neither reading the known profile nor a profile during a reply reads a disk.
  expect((await hardware.asKnown()).disk.readBytesPerSecond).toBeNull();
  engine.state = { state: "busy", info };
  expect((await hardware.profile(false)).disk.readBytesPerSecond).toBeNull();
  engine.state = { state: "ready", info };
  expect((await hardware.profile(false)).disk).toMatchObject({ readBytesPerSecond: 2e9, readProblem: null });
  // Kept from then on, and memory was measured only once.
  expect((await open().profile(false)).disk.readBytesPerSecond).toBe(2e9);
  expect(disksRead).toEqual(["/models/small.gguf", "/models/big.gguf"]);
  expect(await memoryRuns()).toBe(1);
});

test("nothing is measured during a reply, and nothing of that is kept", async () => {
  engine.state = { state: "busy", info };
  const { memory } = await open().profile(false);
  expect(memory).toMatchObject({ bandwidthBytesPerSecond: null, bandwidthProblem: "busy" });
  expect(await memoryRuns()).toBe(0);
  engine.state = { state: "ready", info };
  expect((await open().profile(false)).memory.bandwidthBytesPerSecond).toBe(5e9);
});

test("reading the known profile measures nothing and says so", async () => {
  const { memory, disk: known } = await open().asKnown();
  expect(memory.bandwidthProblem).toBe("notYet");
  expect(known.readProblem).toBe("notYet");
  expect([await memoryRuns(), disksRead]).toEqual([0, []]);
});

test("a memory measurement that fails is reported and retried", async () => {
  const hardware = open({ memoryReads: join(home, "nothing.mjs") });
  expect((await hardware.profile(false)).memory.bandwidthProblem).toBe("unfinished");
  expect((await open().profile(false)).memory.bandwidthBytesPerSecond).toBe(5e9);
});

test("an engine that cannot start is a finding, not a failure", async () => {
  engine.start = () => Promise.reject(new WorkbenchError("engine-down", { case: "signal", signal: "SIGILL" }));
  const { backends, cpu } = await open().profile(false);
  expect(backends.map(({ usable }) => usable)).toEqual([false, false, false, false]);
  expect(backends[0]?.reason).toEqual({ code: "notTried" });
  expect(cpu.logicalCores).toBeGreaterThan(0);
});

test("the report names where the loaded model's layers run, by its kind and not by its file", async () => {
  const loaded = {
    state: "ready",
    modelId: "m",
    name: "my-private-file",
    facts: { description: "qwen2 1.5B Q4_K - Medium", layers: 29, gpuLayers: 20 },
  } as LoadState;
  const report = await open({ loadedModel: () => loaded }).report(false);
  expect(hardwareReport(openTexts("en"), report)).toContainEqual([
    "Loaded model",
    "qwen2 1.5B Q4_K - Medium · 20 on the GPU, 9 on the CPU",
  ]);
  expect(JSON.stringify(report)).not.toContain("my-private-file");
  expect(JSON.stringify(report)).not.toContain(home);
  expect((await open().report(false)).loaded).toBeNull();
});

test("a machine with one usable core is described in the singular", async () => {
  const report = await open().report(false);
  const { cpu } = report.profile;
  const counted = { physicalCores: 2, logicalCores: 2, usableCores: 1, defaultThreads: 1 };
  const told = hardwareReport(openTexts("fr"), {
    ...report,
    profile: { ...report.profile, cpu: { ...cpu, ...counted } },
  });
  const cores = told.find(([label]) => label === "Cœurs")?.[1];
  expect(cores?.replaceAll(/\s/g, " ")).toBe("2 physiques, 2 logiques, 1 utilisable ici ; threads par modèle : 1");
});

test("beside other programs, memory is measured up to three times, and the figure says so", async () => {
  load = 1.5;
  const { memory } = await open().profile(false);
  expect(await memoryRuns()).toBe(3);
  expect(memory).toMatchObject({
    bandwidthBytesPerSecond: 5e9,
    bandwidthNoise: { code: "otherLoad", facts: { count: 1.5 } },
  });
});

test("with fewer cores available, there are fewer threads, and memory is measured again with them", async () => {
  const limited = (logical: number, physical: number) =>
    open({ coresOf: () => Promise.resolve({ logical, physical }) }).profile(false);
  expect((await limited(4, 2)).cpu).toMatchObject({ usableCores: 4, defaultThreads: 2 });
  expect((await limited(2, 1)).cpu).toMatchObject({ usableCores: 2, defaultThreads: 1 });
  expect(await memoryRuns()).toBe(2);
  await limited(2, 1);
  expect(await memoryRuns()).toBe(2);
});
