import { linuxCpu } from "./linuxCpu.ts";
import { linuxPower } from "./linuxPower.ts";
import { linuxThermal } from "./linuxThermal.ts";
import type { SystemFacts } from "./SystemFacts.ts";
import type { SystemFiles } from "./systemFiles.ts";

/** Reads the facts on Linux, from files only. Runs no program. */
export async function linuxFacts(files: SystemFiles): Promise<SystemFacts> {
  const release = (await files.text("etc/os-release")) ?? "";
  const [cpu, power, thermal] = await Promise.all([linuxCpu(files), linuxPower(files), linuxThermal(files)]);
  const osName = /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(release)?.[1] ?? "Linux";
  return { ...cpu, osName, power, thermal };
}
