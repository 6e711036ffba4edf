import type { HardwareReport, MachineProfile, MeasurementProblem } from "../contract/hardware.ts";
import { smallestFileToRead } from "../contract/hardware.ts";
import { backendNames } from "./backendNames.ts";
import { joinSentences } from "./joinSentences.ts";
import { reasonText } from "./reasonText.ts";
import type { Texts } from "./texts.ts";

/** Returns a machine's profile as pairs of a label and a value. */
export function hardwareReport(texts: Texts, { profile, loaded }: HardwareReport): [label: string, value: string][] {
  const { say, figures } = texts;
  const { os, cpu, memory, gpus, disk, power, thermal } = profile;
  const free = (total: number, bytes: number): string => say("hardware:machine.memoryFree", { total, free: bytes });
  const speed = (value: number | null, problem: MeasurementProblem | null): string =>
    value === null
      ? phrases([say("hardware:machine.notMeasured"), measurementText(texts, problem ?? "notYet")])
      : figures.rate(value);
  const noise = memory.bandwidthNoise;
  return [
    [say("hardware:machine.system"), phrases([os.name, `${os.platform} ${os.release}`, os.architecture])],
    [say("hardware:machine.processor"), cpu.model],
    [
      say("hardware:report.cores"),
      say("hardware:report.coresOf", {
        physical: say("hardware:report.physicalCores", { count: cpu.physicalCores }),
        logical: say("hardware:report.logicalCores", { count: cpu.logicalCores }),
        usable: say("hardware:report.usableCores", { count: cpu.usableCores }),
        threads: cpu.defaultThreads,
      }),
    ],
    [say("hardware:report.instructions"), cpu.features.join(" ") || say("hardware:machine.unknown")],
    [say("hardware:machine.memory"), free(memory.totalBytes, memory.freeBytes)],
    [
      say("hardware:machine.bandwidth"),
      phrases([
        speed(memory.bandwidthBytesPerSecond, memory.bandwidthProblem),
        noise && reasonText(texts, `hardware:machine.noise.${noise.code}`, noise.facts),
      ]),
    ],
    ...(gpus.length === 0
      ? [[say("hardware:machine.graphics"), say("hardware:machine.noGraphics")] as [string, string]]
      : gpus.map((gpu): [string, string] => [say("hardware:machine.graphics"), gpuText(texts, gpu)])),
    ...profile.backends.map(({ name, usable, reason, advice }): [string, string] => [
      say("hardware:report.backend", { name: backendNames[name] }),
      phrases([
        say(usable ? "hardware:report.usable" : "hardware:report.notUsable"),
        joinSentences(texts, [
          reasonText(texts, `hardware:engine.reasons.${reason.code}`, reason.facts),
          advice && say(`hardware:machine.advices.${advice}`),
        ]),
      ]),
    ]),
    ...(loaded === null
      ? []
      : [
          [
            say("hardware:loaded.heading"),
            phrases([
              loaded.description,
              say("hardware:loaded.layersOn", {
                gpu: loaded.gpuLayers,
                cpu: Math.max(0, loaded.layers - loaded.gpuLayers),
              }),
            ]),
          ] as [string, string],
        ]),
    [say("hardware:machine.disk"), free(disk.totalBytes, disk.freeBytes)],
    [say("hardware:report.diskSpeed"), speed(disk.readBytesPerSecond, disk.readProblem)],
    [say("hardware:machine.power"), powerText(texts, power)],
    [say("hardware:machine.heat"), heatText(texts, thermal)],
  ];
}

/** Returns why a speed was not measured. */
export function measurementText({ say }: Pick<Texts, "say">, problem: MeasurementProblem): string {
  return say(`hardware:machine.problems.${problem}`, { least: smallestFileToRead });
}

function gpuText({ say }: Texts, { name, backend, totalBytes, freeBytes, driver }: MachineProfile["gpus"][number]) {
  return phrases([
    name,
    totalBytes === null
      ? say("hardware:report.memoryUnknown")
      : say("hardware:machine.cardMemory", { total: totalBytes, free: freeBytes ?? 0 }),
    backend === null
      ? say("hardware:report.unreachable")
      : say("hardware:report.through", { backend: backendNames[backend] }),
    driver === null ? null : say("hardware:machine.driver", { version: driver }),
  ]);
}

function powerText({ say }: Texts, { source, batteryPercent, mode }: MachineProfile["power"]): string {
  return phrases([
    say(source === "unknown" ? "hardware:machine.notReported" : `hardware:machine.${source}`),
    batteryPercent === null ? null : say("hardware:machine.charge", { charge: batteryPercent }),
    mode === null ? null : say("hardware:machine.mode", { mode }),
  ]);
}

function heatText({ say }: Texts, { celsius, throttled }: MachineProfile["thermal"]): string {
  if (celsius === null && throttled === null) return say("hardware:machine.notReported");
  const heat =
    celsius === null
      ? say("hardware:machine.notReported")
      : say("hardware:machine.degrees", { degrees: Math.round(celsius) });
  const slowed = throttled === null ? "throttlingUnknown" : throttled ? "throttled" : "notThrottled";
  return phrases([heat, say(`hardware:report.${slowed}`)]);
}

/** Separated by a sign that is used alike in every language. */
const phrases = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(" · ");
