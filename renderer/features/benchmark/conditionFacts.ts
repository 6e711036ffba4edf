import type { BenchmarkConditions } from "../../../electron/contract/benchmark.ts";
import { backendNames } from "../../parts/backendNames.ts";
import { bytes, count, tokens, weights } from "../../parts/figures.ts";

export interface ConditionFact {
  name: string;
  value: string;
}

const notTold = "not reported by the system";
const onOff = (value: boolean | null): string => (value === null ? "chosen by llama.cpp" : value ? "on" : "off");

/** Every condition that a result is stamped with, in words. */
export function conditionFacts(conditions: BenchmarkConditions): ConditionFact[] {
  const { engine, settings, model, machine, power, thermal } = conditions;
  const facts: [string, string][] = [
    ["Model", `${model.name}, ${model.description}, ${model.architecture}`],
    ["Quantization", model.quantization],
    ["Weights", `${weights(model.parameters)}, ${bytes(model.weightsBytes)}`],
    ...model.files.map(({ name, sizeBytes, sha256 }, index): [string, string] => [
      model.files.length === 1 ? "File" : `File ${index + 1}`,
      `${name}, ${bytes(sizeBytes)}, SHA-256 ${sha256}`,
    ]),
    ["Engine", `llama.cpp ${engine.llamaRelease}, node-llama-cpp ${engine.libraryVersion}`],
    ["Backend", [backendNames[engine.backend], ...engine.devices].join(", ")],
    ["Driver", engine.driver ?? "none"],
    ["Threads", String(settings.threads)],
    ["Batch", `${count(settings.batchSize)}, micro-batch ${count(settings.microBatchSize)} tokens`],
    ["Flash attention", onOff(settings.flashAttention)],
    ["Type of keys and values", settings.kvCacheType],
    ["Memory mapping", settings.memoryMapped ? "on" : "off"],
    ["GPU layers", `${settings.gpuLayers} of ${settings.layers}`],
    ["Context", tokens(settings.contextSize)],
    ["Seed", String(settings.seed)],
    ["Processor", `${machine.cpuModel}, ${machine.physicalCores} cores, ${machine.usableCores} threads usable`],
    ["Graphics", machine.gpus.join(", ") || "none that can be used"],
    ["Memory", `${bytes(machine.memoryBytes)}, ${bytes(machine.freeMemoryBytes)} free at the start`],
    ["System", `${machine.os.name}, ${machine.os.release}, ${machine.os.architecture}`],
    ["Power", powerText(power)],
    ["Heat", heatText(thermal)],
    ["App", `R1 Workbench ${conditions.appVersion}`],
    ["Machine", machine.id],
  ];
  return facts.map(([name, value]) => ({ name, value }));
}

function powerText({ source, batteryPercent, mode }: BenchmarkConditions["power"]): string {
  const parts = [
    source === "unknown" ? notTold : source,
    batteryPercent === null ? null : `battery at ${batteryPercent} %`,
    mode === null ? null : `mode ${mode}`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}

function heatText({ celsius, throttled }: BenchmarkConditions["thermal"]): string {
  if (celsius === null && throttled === null) return notTold;
  const parts = [
    celsius === null ? null : `${Math.round(celsius)} °C`,
    throttled === null ? null : throttled ? "slowed down by heat" : "not slowed down by heat",
  ];
  return parts.filter((part) => part !== null).join(", ");
}
