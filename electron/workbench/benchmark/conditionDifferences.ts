import type { BenchmarkConditions, BenchmarkResult, ConditionDifference } from "../../contract/benchmark.ts";

interface Condition {
  name: string;
  /** "threads differ", "power differs". */
  plural?: boolean;
  matters: boolean;
  of: (conditions: BenchmarkConditions) => string | number | boolean | null;
}

const yesNo = (value: boolean | null): string => (value === null ? "unknown" : value ? "on" : "off");

/** Machine, settings and circumstances change the speed and are not what is compared. */
const conditions: readonly Condition[] = [
  { name: "processor", matters: true, of: ({ machine }) => machine.cpuModel },
  { name: "usable cores", plural: true, matters: true, of: ({ machine }) => machine.usableCores },
  { name: "graphics cards", plural: true, matters: true, of: ({ machine }) => machine.gpus.join(", ") || "none" },
  { name: "memory", matters: true, of: ({ machine }) => gigabytes(machine.memoryBytes) },
  { name: "backend", matters: true, of: ({ engine }) => engine.backend },
  { name: "threads", plural: true, matters: true, of: ({ settings }) => settings.threads },
  { name: "batch", matters: true, of: ({ settings }) => settings.batchSize },
  { name: "micro-batch", matters: true, of: ({ settings }) => settings.microBatchSize },
  { name: "flash attention", matters: true, of: ({ settings }) => yesNo(settings.flashAttention) },
  { name: "type of keys and values", matters: true, of: ({ settings }) => settings.kvCacheType },
  { name: "memory mapping", matters: true, of: ({ settings }) => yesNo(settings.memoryMapped) },
  { name: "power", matters: true, of: ({ power }) => power.source },
  { name: "power mode", matters: true, of: ({ power }) => power.mode ?? "unknown" },
  { name: "throttling", matters: true, of: ({ thermal }) => yesNo(thermal.throttled) },
  { name: "model", matters: false, of: ({ model }) => `${model.name} ${model.quantization}` },
  {
    name: "model file",
    matters: false,
    of: ({ model }) => model.files.map((file) => file.sha256.slice(0, 12)).join(" "),
  },
  { name: "llama.cpp", matters: false, of: ({ engine }) => engine.llamaRelease },
  { name: "node-llama-cpp", matters: false, of: ({ engine }) => engine.libraryVersion },
  { name: "driver", matters: false, of: ({ engine }) => engine.driver ?? "none" },
  { name: "app", matters: false, of: ({ appVersion }) => appVersion },
  { name: "context", matters: false, of: ({ settings }) => settings.contextSize },
  {
    name: "operating system",
    matters: false,
    of: ({ machine: { os } }) => `${os.name}, ${os.release}, ${os.architecture}`,
  },
  { name: "temperature", matters: false, of: ({ thermal }) => celsius(thermal.celsius) },
];

/** Every condition that is not the same in all results; those that make them incomparable first. */
export function conditionDifferences(results: readonly BenchmarkResult[]): ConditionDifference[] {
  const differences = conditions.flatMap((condition): ConditionDifference[] => {
    const difference = differenceIn(
      condition.name,
      results.map((result) => String(condition.of(result.conditions))),
    );
    return difference === null ? [] : [{ ...difference, ...wording(condition, difference.values) }];
  });
  differences.push(...layersDifference(results), ...noiseDifference(results));
  return differences.toSorted((one, other) => Number(other.matters) - Number(one.matters));
}

function differenceIn(condition: string, values: string[]): { condition: string; values: string[] } | null {
  return new Set(values).size < 2 ? null : { condition, values };
}

function wording({ name, plural = false, matters }: Condition, values: string[]) {
  return { matters, message: `${name} ${plural ? "differ" : "differs"} (${listed(values)})` };
}

/** Models differ in their number of layers; what counts is how many of them are not on the GPU. */
function layersDifference(results: readonly BenchmarkResult[]): ConditionDifference[] {
  const values = results.map(({ conditions: { settings } }) => {
    const onCpu = Math.max(0, settings.layers - settings.gpuLayers);
    if (settings.gpuLayers === 0) return "all on the CPU";
    return onCpu === 0 ? "all on the GPU" : `${settings.gpuLayers} of ${settings.layers} on the GPU`;
  });
  const difference = differenceIn("GPU layers", values);
  if (difference === null) return [];
  return [{ ...difference, matters: true, message: `GPU layers differ (${listed(values)})` }];
}

/** A noisy run can be compared; that it is noisy has to be known. */
function noiseDifference(results: readonly BenchmarkResult[]): ConditionDifference[] {
  const values = results.map(({ noise }) => (noise.noisy ? "noisy" : "quiet"));
  const difference = differenceIn("noise", values);
  return difference === null ? [] : [{ ...difference, matters: false, message: `noise differs (${listed(values)})` }];
}

/** "2 and 4", "2, 4 and 8": each value once, in the order of the results. */
function listed(values: string[]): string {
  const each = [...new Set(values)];
  return each.length === 1 ? (each[0] ?? "") : `${each.slice(0, -1).join(", ")} and ${each.at(-1)}`;
}

/** To the nearest: what firmware keeps for itself changes between starts. */
const gigabytes = (bytes: number): string => `${Math.round(bytes / 1e9)} GB`;

/** In steps of 10: a sensor never says the same twice. */
const celsius = (value: number | null): string =>
  value === null ? "unknown" : `about ${Math.round(value / 10) * 10} °C`;
