import { setTimeout } from "node:timers/promises";
import type { MachineProfile } from "../../contract/hardware.ts";
import type { SystemFiles } from "./systemFiles.ts";

const cpuSensors = /^(coretemp|k10temp|zenpower|cpu_thermal|x86_pkg_temp|cpu-thermal|cpu)/;
const watchMs = 250;

/**
 * Resolves with the hottest CPU sensor, and whether the CPU's throttle counters increase within a quarter of a second.
 *
 * @param wait for tests: what passes between the two readings
 */
export async function linuxThermal(
  files: SystemFiles,
  wait: () => Promise<unknown> = () => setTimeout(watchMs),
): Promise<MachineProfile["thermal"]> {
  const before = await throttleCount(files);
  if (before !== null) await wait();
  const after = await throttleCount(files);
  const throttled = before === null || after === null ? null : after > before;
  const celsius = [
    ...(await sensors(files, "hwmon", "name", "temp1_input")),
    ...(await sensors(files, "thermal", "type", "temp")),
  ];
  return { throttled, celsius: celsius.length === 0 ? null : Math.max(...celsius) };
}

/** Resolves with how often the cores have throttled since the start. Null if the CPU does not count it. */
export async function throttleCount(files: SystemFiles): Promise<number | null> {
  const cores = (await files.names("sys/devices/system/cpu")).filter((name) => /^cpu\d+$/.test(name));
  const counts = await Promise.all(
    cores.map((core) => files.text(`sys/devices/system/cpu/${core}/thermal_throttle/core_throttle_count`)),
  );
  const told = counts.filter((count) => count !== null).map(Number);
  return told.length === 0 ? null : told.reduce((sum, count) => sum + count, 0);
}

async function sensors(files: SystemFiles, kind: string, nameFile: string, valueFile: string): Promise<number[]> {
  const found: number[] = [];
  for (const folder of await files.names(`sys/class/${kind}`)) {
    const name = await files.text(`sys/class/${kind}/${folder}/${nameFile}`);
    const milliCelsius = Number((await files.text(`sys/class/${kind}/${folder}/${valueFile}`)) ?? Number.NaN);
    if (name !== null && cpuSensors.test(name) && milliCelsius > 0) found.push(milliCelsius / 1000);
  }
  return found;
}
