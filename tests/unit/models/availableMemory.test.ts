import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { availableMemory } from "../../../electron/workbench/models/availableMemory.ts";
import { temporaryFolder } from "../../support/temporaryFolder.ts";

const gibibyte = 1024 ** 3;
const meminfo = "MemTotal:       16777216 kB\nMemFree:         1048576 kB\nMemAvailable:    8388608 kB\n";

/** Creates a machine's /proc and /sys with 16 GiB, 8 GiB of them available, and these files. */
async function machine(files: Record<string, string>): Promise<string> {
  const root = await temporaryFolder();
  for (const [path, text] of Object.entries({ "proc/meminfo": meminfo, ...files })) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  return root;
}

test("without limits: MemAvailable, not MemFree", async () => {
  const root = await machine({});
  expect(await availableMemory({ platform: "linux", root })).toEqual({
    totalBytes: 16 * gibibyte,
    freeBytes: 8 * gibibyte,
  });
});

test("a limit of control groups version 2, less what is used and cannot be reclaimed", async () => {
  const root = await machine({
    "proc/self/cgroup": "0::/app.slice/workbench.scope\n",
    "sys/fs/cgroup/app.slice/memory.max": `${4 * gibibyte}\n`,
    "sys/fs/cgroup/app.slice/memory.current": `${3 * gibibyte}\n`,
    "sys/fs/cgroup/app.slice/memory.stat": `anon 1\ninactive_file ${gibibyte}\n`,
    "sys/fs/cgroup/app.slice/workbench.scope/memory.max": "max\n",
  });
  expect(await availableMemory({ platform: "linux", root })).toEqual({
    totalBytes: 4 * gibibyte,
    freeBytes: 2 * gibibyte,
  });
});

test("a container sees its own group at the mount", async () => {
  const root = await machine({
    "proc/self/cgroup": "0::/\n",
    "sys/fs/cgroup/memory.max": `${gibibyte}\n`,
    "sys/fs/cgroup/memory.current": `${2 * gibibyte}\n`,
  });
  expect(await availableMemory({ platform: "linux", root })).toEqual({ totalBytes: gibibyte, freeBytes: 0 });
});

test("a limit of control groups version 1", async () => {
  const root = await machine({
    "proc/self/cgroup": "5:cpu:/\n4:memory:/docker/abc\n",
    "sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes": `${6 * gibibyte}\n`,
    "sys/fs/cgroup/memory/docker/abc/memory.usage_in_bytes": `${gibibyte}\n`,
    "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
  });
  expect(await availableMemory({ platform: "linux", root })).toEqual({
    totalBytes: 6 * gibibyte,
    freeBytes: 5 * gibibyte,
  });
});

test("on this machine: more than nothing, and not more than there is", async () => {
  const { totalBytes, freeBytes } = await availableMemory();
  expect(freeBytes).toBeGreaterThan(0);
  expect(freeBytes).toBeLessThanOrEqual(totalBytes);
});
