import type { BenchmarkConditions, BenchmarkResult } from "../../contract/benchmark.ts";
import type { ComparedCondition, ComparedConditions, ConditionDifference } from "../../contract/benchmarkComparison.ts";

interface Comparison<Value> {
  /** True for machine, settings and circumstances, which affect the speed but are not what is compared. */
  matters: boolean;
  of: (conditions: BenchmarkConditions, result: BenchmarkResult) => Value;
  /** What is compared, if it is not the whole value. */
  key?: (value: Value, conditions: BenchmarkConditions) => unknown;
}

const conditions: { [Condition in ComparedCondition]: Comparison<ComparedConditions[Condition]> } = {
  processor: { matters: true, of: ({ machine }) => machine.cpuModel },
  usableCores: { matters: true, of: ({ machine }) => machine.usableCores },
  graphics: { matters: true, of: ({ machine }) => machine.gpus },
  // Rounded, because the amount that firmware reserves changes between starts.
  memoryBytes: { matters: true, of: ({ machine }) => Math.round(machine.memoryBytes / 1e9) * 1e9 },
  backend: { matters: true, of: ({ engine }) => engine.backend },
  threads: { matters: true, of: ({ settings }) => settings.threads },
  batchSize: { matters: true, of: ({ settings }) => settings.batchSize },
  microBatchSize: { matters: true, of: ({ settings }) => settings.microBatchSize },
  flashAttention: { matters: true, of: ({ settings }) => settings.flashAttention },
  kvCacheType: { matters: true, of: ({ settings }) => settings.kvCacheType },
  memoryMapped: { matters: true, of: ({ settings }) => settings.memoryMapped },
  largePages: { matters: true, of: ({ settings }) => settings.largePages },
  gpuLayers: {
    matters: true,
    of: ({ settings }) => ({ onGpu: Math.min(settings.gpuLayers, settings.layers), all: settings.layers }),
    // Models differ in their number of layers; what counts is how many of them are not on the GPU.
    key: ({ onGpu, all }) => (onGpu === 0 ? "none" : onGpu === all ? "all" : { onGpu, all }),
  },
  powerSource: { matters: true, of: ({ power }) => power.source },
  powerMode: { matters: true, of: ({ power }) => power.mode },
  throttled: { matters: true, of: ({ thermal }) => thermal.throttled },
  model: {
    matters: false,
    of: ({ model }) => `${model.name} ${model.quantization}`,
    // The same file may have been listed under another name.
    key: (value, { model }) => (model.files.length === 0 ? value : [modelFileOf(model), model.quantization]),
  },
  modelFile: { matters: false, of: ({ model }) => modelFileOf(model) },
  llamaRelease: { matters: false, of: ({ engine }) => engine.llamaRelease },
  libraryVersion: { matters: false, of: ({ engine }) => engine.libraryVersion },
  driver: { matters: false, of: ({ engine }) => engine.driver },
  appVersion: { matters: false, of: ({ appVersion }) => appVersion },
  contextSize: { matters: false, of: ({ settings }) => settings.contextSize },
  system: { matters: false, of: ({ machine: { os } }) => `${os.name}, ${os.release}, ${os.architecture}` },
  // In steps of 10, because a sensor never reports the same value twice.
  celsius: {
    matters: false,
    of: ({ thermal: { celsius } }) => (celsius === null ? null : Math.round(celsius / 10) * 10),
  },
  // A noisy result can be compared, but the user has to know that it is noisy.
  noisy: { matters: false, of: (_, { noise }) => noise.noisy },
};

function modelFileOf({ files }: BenchmarkConditions["model"]): string {
  return files.map(({ sha256 }) => sha256.slice(0, 12)).join(" ");
}

/** Returns every condition that is not the same in all results; those that make them incomparable first. */
export function conditionDifferences(results: readonly BenchmarkResult[]): ConditionDifference[] {
  return (Object.keys(conditions) as ComparedCondition[])
    .flatMap((condition) => differenceIn(condition, results) ?? [])
    .toSorted((one, other) => Number(other.matters) - Number(one.matters));
}

function differenceIn<Condition extends ComparedCondition>(
  condition: Condition,
  results: readonly BenchmarkResult[],
): ConditionDifference | null {
  const { matters, of, key = (value) => value }: Comparison<ComparedConditions[Condition]> = conditions[condition];
  const values = results.map((result) => of(result.conditions, result));
  const keys = results.map((result) => JSON.stringify(key(of(result.conditions, result), result.conditions)));
  if (new Set(keys).size < 2) return null;
  // TypeScript cannot infer that the values belong to this condition.
  return { condition, values, matters } as ConditionDifference;
}
