import { linuxCpu } from "./linuxCpu.ts";
import { linuxCpuLimit } from "./linuxCpuLimit.ts";
import { linuxPower } from "./linuxPower.ts";
import { linuxThermal } from "./linuxThermal.ts";
import type { SystemFacts } from "./SystemFacts.ts";
import type { SystemFiles } from "./systemFiles.ts";

/** Linux: files alone, no program is run. */
export async function linuxFacts(files: SystemFiles): Promise<SystemFacts> {
  const release = (await files.text("etc/os-release")) ?? "";
  const [cpu, usableCores, power, thermal] = await Promise.all([
    linuxCpu(files),
    linuxCpuLimit(files),
    linuxPower(files),
    linuxThermal(files),
  ]);
  const osName = /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(release)?.[1] ?? "Linux";
  return { ...cpu, osName, usableCores, power, thermal };
}
