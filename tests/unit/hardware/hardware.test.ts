import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { cpuFeatures } from "../../../electron/engine/cpuFeatures.ts";
import { backendFacts } from "../../../electron/workbench/hardware/backendFacts.ts";
import { gpuFacts } from "../../../electron/workbench/hardware/gpuFacts.ts";
import { linuxCpu } from "../../../electron/workbench/hardware/linuxCpu.ts";
import { linuxCpuLimit } from "../../../electron/workbench/hardware/linuxCpuLimit.ts";
import { linuxPower } from "../../../electron/workbench/hardware/linuxPower.ts";
import { linuxThermal } from "../../../electron/workbench/hardware/linuxThermal.ts";
import { noiseOf } from "../../../electron/workbench/hardware/measureMemoryReads.ts";
import { macFacts } from "../../../electron/workbench/hardware/macFacts.ts";
import { median } from "../../../electron/workbench/median.ts";
import { systemFiles } from "../../../electron/workbench/hardware/systemFiles.ts";
import { windowsFacts } from "../../../electron/workbench/hardware/windowsFacts.ts";
import { withoutPersonal } from "../../../electron/workbench/hardware/withoutPersonal.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

/** Creates a machine's /proc and /sys with these files. Resolves with their folder. */
async function machine(files: Record<string, string>): Promise<string> {
  const root = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), `${text}\n`);
  }
  return root;
}

test("two threads of one core are one physical core; offline cores do not count", async () => {
  const cpu = "sys/devices/system/cpu";
  const root = await machine({
    "proc/cpuinfo": "processor\t: 0\nmodel name\t: Ryzen 5\nflags\t\t: fpu sse3 avx2 fma nx",
    [`${cpu}/online`]: "0-3",
    [`${cpu}/cpu0/topology/thread_siblings_list`]: "0,2",
    [`${cpu}/cpu1/topology/thread_siblings_list`]: "1,3",
    [`${cpu}/cpu2/topology/thread_siblings_list`]: "0,2",
    [`${cpu}/cpu3/topology/thread_siblings_list`]: "1,3",
    [`${cpu}/cpu4/topology/thread_siblings_list`]: "4",
    [`${cpu}/cpu0/cache/index0/size`]: "32K",
    [`${cpu}/cpu0/cache/index3/size`]: "16M",
  });
  expect(await linuxCpu(systemFiles(root))).toEqual({
    cpuModel: "Ryzen 5",
    physicalCores: 2,
    logicalCores: 4,
    lastLevelCacheBytes: 16 * 1024 ** 2,
    cpuFeatures: ["sse3", "avx2", "fma"],
  });
});

test("the smallest CPU quota of all groups applies, in both versions", async () => {
  const group = { "proc/self/cgroup": "0::/a/b", "sys/fs/cgroup/a/cpu.max": "250000 100000" };
  expect(await linuxCpuLimit(systemFiles(await machine({ ...group, "sys/fs/cgroup/a/b/cpu.max": "max 100000" })))).toBe(
    2,
  );
  const old = { "proc/self/cgroup": "4:cpu,cpuacct:/x", "sys/fs/cgroup/cpu/x/cpu.cfs_period_us": "100000" };
  const quota = "sys/fs/cgroup/cpu/x/cpu.cfs_quota_us";
  expect(await linuxCpuLimit(systemFiles(await machine({ ...old, [quota]: "50000" })))).toBe(1);
  expect(await linuxCpuLimit(systemFiles(await machine({ ...old, [quota]: "-1" })))).toBeNull();
});

test("detects a laptop on battery; a mouse's battery is not the machine's", async () => {
  const base = "sys/class/power_supply";
  const root = await machine({
    [`${base}/AC/type`]: "Mains",
    [`${base}/AC/online`]: "0",
    [`${base}/BAT0/type`]: "Battery",
    [`${base}/BAT0/capacity`]: "63",
    [`${base}/BAT0/status`]: "Discharging",
    [`${base}/hidpp_battery_0/type`]: "Battery",
    [`${base}/hidpp_battery_0/scope`]: "Device",
    [`${base}/hidpp_battery_0/capacity`]: "5",
    "sys/firmware/acpi/platform_profile": "balanced",
  });
  expect(await linuxPower(systemFiles(root))).toEqual({ source: "battery", batteryPercent: 63, mode: "balanced" });
  expect(await linuxPower(systemFiles(await machine({})))).toEqual({
    source: "unknown",
    batteryPercent: null,
    mode: null,
  });
});

test("a throttle counter that rises means throttled; of the sensors, only the hottest CPU's counts", async () => {
  const counter = "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count";
  const root = await machine({
    [counter]: "7",
    "sys/class/hwmon/hwmon0/name": "nvme",
    "sys/class/hwmon/hwmon0/temp1_input": "99000",
    "sys/class/hwmon/hwmon1/name": "k10temp",
    "sys/class/hwmon/hwmon1/temp1_input": "61500",
  });
  const files = systemFiles(root);
  expect(await linuxThermal(files, () => Promise.resolve())).toEqual({ throttled: false, celsius: 61.5 });
  expect(await linuxThermal(files, () => writeFile(join(root, counter), "8"))).toMatchObject({ throttled: true });
  expect(await linuxThermal(systemFiles(await machine({})))).toEqual({ throttled: null, celsius: null });
});

test("macOS and Windows are read from recorded outputs", async () => {
  const outputs: Record<string, string> = {
    "-g batt": "Now drawing from 'Battery Power'\n -InternalBattery-0 (id=1)\t84%; discharging;",
    "-g therm": "CPU_Speed_Limit \t= 70\n",
    "-g": " lowpowermode         1\n",
    "": "ProductName:\tmacOS\nProductVersion:\t14.5\n",
  };
  const sysctl = "machdep.cpu.brand_string: Apple M2\nhw.physicalcpu: 8\nhw.logicalcpu: 8\nhw.l2cachesize: 4194304\n";
  expect(await macFacts((_, args) => Promise.resolve(outputs[args.join(" ")] ?? sysctl))).toMatchObject({
    osName: "macOS 14.5",
    cpuModel: "Apple M2",
    physicalCores: 8,
    lastLevelCacheBytes: 4_194_304,
    power: { source: "battery", batteryPercent: 84, mode: "low power" },
    thermal: { throttled: true, celsius: null },
  });
  const scheme = "Power Scheme GUID: 381b4222-f694-41f0-9685-ff5bb260df2e  (Balanced)\r\n";
  const battery = '{\r\n    "BatteryStatus":  1,\r\n    "EstimatedChargeRemaining":  28\r\n}\r\n';
  const windows = (told: string | null) => (program: string) =>
    Promise.resolve(program === "powercfg.exe" ? scheme : told);
  const power = async (told: string | null) => (await windowsFacts(windows(told))).power;
  expect(await power(battery)).toEqual({ source: "battery", batteryPercent: 28, mode: "Balanced" });
  expect(await power(battery.replace(" 1", " 2"))).toMatchObject({ source: "mains", batteryPercent: 28 });
  for (const told of [null, "", "not JSON", '{"BatteryStatus":"x"}'])
    expect(await power(told)).toEqual({ source: "unknown", batteryPercent: null, mode: "Balanced" });
});

test("a card's memory is the driver's figure if available, else the backend's", () => {
  const memory = { totalBytes: 100, freeBytes: 90 };
  const card = {
    backend: "cuda",
    usable: true,
    reason: { code: "found" },
    devices: ["NVIDIA H100"],
    software: false,
    memory,
  } as const;
  const probe = { ...card, devices: ["NVIDIA H100"] };
  const smi = "NVIDIA H100, 81559, 81008, 550.54.15\n";
  expect(gpuFacts([probe], smi, null)).toEqual([
    {
      name: "NVIDIA H100",
      backend: "cuda",
      totalBytes: 81559 * 1024 ** 2,
      freeBytes: 81008 * 1024 ** 2,
      driver: "550.54.15",
    },
  ]);
  const driver = "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.129.03  Thu Oct 19 18:56:32 UTC 2023";
  expect(gpuFacts([probe], null, driver)).toMatchObject([{ totalBytes: 100, freeBytes: 90, driver: "535.129.03" }]);
  expect(gpuFacts([{ ...probe, usable: false }], smi, null)).toMatchObject([{ name: "NVIDIA H100", backend: null }]);
});

test("lists llama.cpp's instruction sets without its build options; gives advice only if there is something to do", () => {
  expect(cpuFeatures("CPU : SSE3 = 1 | AVX2 = 1 | AVX512 = 0 | LLAMAFILE = 1 | REPACK = 1 | ")).toEqual([
    "SSE3",
    "AVX2",
  ]);
  const probe = {
    backend: "cuda",
    usable: false,
    reason: { code: "noDriver" },
    devices: [] as string[],
    software: false,
    memory: null,
  } as const;
  const advice = (hasNvidia: boolean, hasCuda: boolean) => backendFacts({ ...probe }, { hasNvidia, hasCuda }).advice;
  expect(advice(false, true)).toBe("cudaDriver");
  expect(advice(false, false)).toBe("cudaDriver");
  expect(advice(true, false)).toBe("cudaEngine");
  expect(advice(true, true)).toBe("cudaRuntime");
  expect(
    backendFacts(
      { ...probe, devices: [], backend: "metal", reason: { code: "macosOnly" } },
      { hasNvidia: false, hasCuda: true },
    ).advice,
  ).toBeNull();
});

test("the median is the middle, not the mean", () => {
  expect(median([9, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 100])).toBe(3);
});

test("a report contains no user, no host and no path", () => {
  const text = "cannot open /home/canary/lib/libcuda.so.1: on canarybox, C:\\Users\\Canary\\x.dll, canary; 12 GB/s";
  const cleaned = withoutPersonal(text, ["canary", "canarybox", "/home/canary"]);
  expect(cleaned).not.toMatch(/canary|home|Users/i);
  expect(cleaned).toContain("12 GB/s");
  const within = { cards: [{ name: "canary", bytes: 12, driver: null }] };
  expect(withoutPersonal(within, ["canary"])).toEqual({ cards: [{ name: "<hidden>", bytes: 12, driver: null }] });
});

test("a bandwidth measured beside other programs, or with very different passes, says so", () => {
  const steady = [10e9, 10.2e9, 9.9e9];
  expect(noiseOf(steady, 0.05)).toBeNull();
  expect(noiseOf(steady, 1)).toEqual({ code: "otherLoad", facts: { count: 1 } });
  expect(noiseOf([10e9, 7e9, 10e9], 0)).toEqual({ code: "spread", facts: { fraction: 0.3 } });
});
