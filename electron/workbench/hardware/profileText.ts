import type { MachineProfile } from "../../contract/hardware.ts";
import type { LoadState } from "../../contract/models.ts";
import { bytesText } from "../models/bytesText.ts";

/** The profile as lines for people, a label before each, and where the loaded model's layers run, if there is one. */
export function profileText(profile: MachineProfile, loaded: LoadState): string {
  const { os, cpu, memory, gpus, backends, disk, power, thermal } = profile;
  const speed = (value: number | null, problem: string | null): string =>
    value === null ? `speed not measured: ${problem ?? "unknown"}` : `read at ${bytesText(value)}/s`;
  const gpuRows = gpus.map(({ name, backend, totalBytes, freeBytes, driver }): [string, string] => [
    "GPU",
    [
      name,
      totalBytes === null ? "memory unknown" : `${bytesText(totalBytes)}, ${bytesText(freeBytes ?? 0)} free`,
      backend === null ? "no backend reaches it" : `through ${backend}`,
      ...(driver === null ? [] : [`driver ${driver}`]),
    ].join(", "),
  ]);
  const rows: [string, string][] = [
    ["System", `${os.name}, ${os.platform} ${os.release}, ${os.architecture}`],
    ["CPU", cpu.model],
    [
      "Cores",
      `${cpu.physicalCores} physical, ${cpu.logicalCores} logical, ${cpu.usableCores} usable here; a model gets ${cpu.defaultThreads} threads`,
    ],
    ["Instructions", cpu.features.join(" ") || "unknown"],
    ["Memory", `${bytesText(memory.totalBytes)}, ${bytesText(memory.freeBytes)} free`],
    [
      "",
      [speed(memory.bandwidthBytesPerSecond, memory.bandwidthProblem), memory.bandwidthNoise ?? []].flat().join(". "),
    ],
    ...(gpuRows.length === 0 ? [["GPU", "none that can be used"] as [string, string]] : gpuRows),
    ...backends.map(({ name, usable, reason, advice }): [string, string] => [
      `Backend ${name}`,
      `${usable ? "usable" : "not usable"}. ${reason}${advice === null ? "" : ` ${advice}`}`,
    ]),
    ...loadedRows(loaded),
    ["Models' disk", `${bytesText(disk.totalBytes)}, ${bytesText(disk.freeBytes)} free`],
    ["", speed(disk.readBytesPerSecond, disk.readProblem)],
    [
      "Power",
      [
        power.source,
        ...(power.batteryPercent === null ? [] : [`battery at ${power.batteryPercent} %`]),
        ...(power.mode === null ? [] : [`mode ${power.mode}`]),
      ].join(", "),
    ],
    [
      "Heat",
      [
        thermal.celsius === null ? "temperature not told" : `${Math.round(thermal.celsius)} °C`,
        thermal.throttled === null ? "throttling not told" : thermal.throttled ? "throttled" : "not throttled",
      ].join(", "),
    ],
  ];
  return rows.map(([label, value]) => `${label.padEnd(15)} ${value}\n`).join("");
}

/** By llama.cpp's description: the name of a person's own file is not for a bug report. */
function loadedRows(loaded: LoadState): [string, string][] {
  if (loaded.state !== "ready") return [];
  const { description, layers, gpuLayers } = loaded.facts;
  const onCpu = Math.max(0, layers - gpuLayers);
  return [["Loaded model", `${description}, ${gpuLayers} layers on the GPU, ${onCpu} on the CPU`]];
}
