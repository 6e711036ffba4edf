import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, hostname, userInfo } from "node:os";
import { expect, test } from "vitest";
import { hardwareReport } from "../../../electron/texts/hardwareReport.ts";
import { openTexts } from "../../../electron/texts/texts.ts";
import { openTestWorkbench } from "../../support/openTestWorkbench.ts";

test("the profile agrees with the kernel, keeps its measurement, and its report has no personal data", async () => {
  const { workbench, home } = await openTestWorkbench();
  const profile = await workbench.call("hardware.profile", {});
  expect(profile.cpu.logicalCores).toBe(cpus().length);
  expect(profile.backends.map(({ name }) => name)).toEqual(["metal", "cuda", "vulkan", "cpu"]);
  expect(profile.backends.at(-1)).toMatchObject({ usable: true, reason: { code: "always" }, advice: null });
  if (process.platform === "linux") {
    const total = Number(/^MemTotal:\s+(\d+)/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1]) * 1024;
    expect(profile.memory.totalBytes).toBeLessThanOrEqual(total);
    const lines = execFileSync("lscpu", ["--parse=CORE,SOCKET"], { encoding: "utf8" }).split("\n");
    const cores = new Set(lines.filter((line) => /^\d/.test(line)));
    expect(profile.cpu.physicalCores).toBe(cores.size);
  }
  expect(profile.memory.bandwidthBytesPerSecond).toBeGreaterThan(1e8);
  // The built-in model is small, so what cannot be measured comes with the reason.
  expect(profile.disk).toMatchObject({ readBytesPerSecond: null, readProblem: expect.any(String) });
  const again = await workbench.call("hardware.profile", {});
  expect(again.memory.bandwidthBytesPerSecond).toBe(profile.memory.bandwidthBytesPerSecond);
  const told = await workbench.call("hardware.report", {});
  const report = hardwareReport(openTexts("en"), told).join("\n");
  expect(report).toContain(profile.cpu.model);
  expect(report).not.toContain(home);
  const words = report.split(/[^\w.-]+/);
  expect(words).not.toContain(hostname());
  expect(words).not.toContain(userInfo().username);
});
