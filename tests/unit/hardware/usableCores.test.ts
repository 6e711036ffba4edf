import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import type { EngineInfo } from "../../../electron/contract/engine.ts";
import { defaultThreads } from "../../../electron/workbench/hardware/defaultThreads.ts";
import { engineCores } from "../../../electron/workbench/hardware/engineCores.ts";
import { parseCpuList } from "../../../electron/workbench/hardware/parseCpuList.ts";
import { systemFiles } from "../../../electron/workbench/hardware/systemFiles.ts";
import { usableCores } from "../../../electron/workbench/hardware/usableCores.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const cpu = "sys/devices/system/cpu";

/** Creates four cores of two threads each: 0 and 4 are one core, 1 and 5 the next. */
async function machine(files: Record<string, string>) {
  const root = await temporaryFolder();
  const topology = Array.from({ length: 8 }, (_, thread): [string, string] => [
    `${cpu}/cpu${thread}/topology/thread_siblings_list`,
    `${thread % 4},${(thread % 4) + 4}`,
  ]);
  for (const [path, text] of [...topology, [`${cpu}/online`, "0-7"] as const, ...Object.entries(files)]) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), `${text}\n`);
  }
  return systemFiles(root);
}
const allowed = (list: string): string => `Name:\tnode\nCpus_allowed:\tff\nCpus_allowed_list:\t${list}\nSeccomp:\t0`;
const group = { "proc/self/cgroup": "0::/a/b", "sys/fs/cgroup/a/cpu.max": "max 100000" };

test.each([
  ["all threads", "0-7", {}, { logical: 8, physical: 4 }],
  ["one core's two threads", "1,5", {}, { logical: 2, physical: 1 }],
  ["a thread of each of three cores", "0-2", {}, { logical: 3, physical: 3 }],
  ["cores that are not there", "0-127", {}, { logical: 8, physical: 4 }],
  ["half a core", "0-7", { "sys/fs/cgroup/a/b/cpu.max": "50000 100000" }, { logical: 1, physical: 1 }],
  ["a core and a half", "0-7", { "sys/fs/cgroup/a/b/cpu.max": "150000 100000" }, { logical: 1, physical: 1 }],
  ["the group above", "0-7", { "sys/fs/cgroup/a/cpu.max": "300000 100000" }, { logical: 3, physical: 3 }],
  ["more quota than cores", "0,4", { "sys/fs/cgroup/a/cpu.max": "900000 100000" }, { logical: 2, physical: 1 }],
])("the smallest of cores, affinity mask and quota applies: %s", async (_, list, files, expected) => {
  expect(await usableCores("self", await machine({ ...group, "proc/self/status": allowed(list), ...files }))).toEqual(
    expected,
  );
});

test("control groups version 1 work; another process has its own limits; each call reads again", async () => {
  const root = await temporaryFolder();
  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  };
  await put(`${cpu}/online`, "0-1\n");
  await put("proc/77/status", allowed("0-1"));
  await put("proc/77/cgroup", "5:cpu,cpuacct:/outer/inner\n0::/\n");
  await put("sys/fs/cgroup/cpu/outer/cpu.cfs_period_us", "100000\n");
  await put("sys/fs/cgroup/cpu/outer/cpu.cfs_quota_us", "-1\n");
  const files = systemFiles(root);
  expect(await usableCores(77, files)).toEqual({ logical: 2, physical: 2 });
  await put("sys/fs/cgroup/cpu/outer/cpu.cfs_quota_us", "120000\n");
  expect(await usableCores(77, files)).toEqual({ logical: 1, physical: 1 });
  await put("sys/fs/cgroup/cpu/outer/cpu.cfs_quota_us", "200000\n");
  expect(await usableCores(77, files)).toEqual({ logical: 2, physical: 2 });
  await put("proc/77/status", allowed("1"));
  expect(await usableCores(77, files)).toEqual({ logical: 1, physical: 1 });
});

test("if the system reports nothing, there is at least one core", async () => {
  const { logical, physical } = await usableCores("self", systemFiles(await temporaryFolder()));
  expect(logical).toBeGreaterThanOrEqual(1);
  expect(physical).toBe(logical);
});

test("the running engine's cores apply, else this process's; slow cores get no thread", async () => {
  const asked: (number | "self")[] = [];
  const coresOf = (pid: number | "self" = "self") => {
    asked.push(pid);
    return Promise.resolve({ logical: 16, physical: 8 });
  };
  const info = { pid: 12, computeCores: 6 } as EngineInfo;
  expect(await engineCores({ state: { state: "ready", info } }, coresOf)).toBe(8);
  expect(await engineCores({ state: { state: "starting" } }, coresOf)).toBe(8);
  expect(asked).toEqual([12, "self"]);
  expect(defaultThreads(8, info)).toBe(6);
  expect(defaultThreads(1, info)).toBe(1);
  // Tiny models are faster on one.
  expect(defaultThreads(8, info, 1e6)).toBe(1);
});

test.each([
  ["0-3,8", [0, 1, 2, 3, 8]],
  ["\t0", [0]],
  ["", []],
  ["0-1, 4-5", [0, 1, 4, 5]],
])("a list of processors %j", (list, expected) => {
  expect(parseCpuList(list)).toEqual(expected);
});
