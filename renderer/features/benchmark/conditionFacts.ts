import type { BenchmarkConditions } from "../../../electron/contract/benchmark.ts";
import { backendNames } from "../../../electron/texts/backendNames.ts";
import type { Texts } from "../../../electron/texts/texts.ts";

export interface ConditionFact {
  name: string;
  value: string;
}

type Words = Pick<Texts, "say" | "figures">;

/** Returns every condition that is stored with a result, in words. */
export function conditionFacts(words: Words, conditions: BenchmarkConditions): ConditionFact[] {
  const { say, figures } = words;
  const { engine, settings, model, machine, power, thermal } = conditions;
  const onOff = (value: boolean): string => say(value ? "benchmark:value.on" : "benchmark:value.off");
  const fact = (key: FactKey, value: string): ConditionFact => ({ name: say(`benchmark:facts.${key}`), value });
  return [
    fact("model", figures.joined([model.name, model.description, model.architecture])),
    fact("quantization", model.quantization),
    fact(
      "weights",
      figures.joined([
        figures.weights(model.parameters),
        model.files.length === 0 ? figures.bytes(model.weightsBytes) : null,
      ]),
    ),
    ...model.files.map(({ name, sizeBytes, sha256 }, index) => ({
      name:
        model.files.length === 1
          ? say("benchmark:facts.file")
          : say("benchmark:facts.fileNumber", { number: index + 1 }),
      value: say("benchmark:facts.fileFacts", { name, size: sizeBytes, sha256 }),
    })),
    fact("engine", figures.joined([`llama.cpp ${engine.llamaRelease}`, `node-llama-cpp ${engine.libraryVersion}`])),
    fact("backend", figures.joined([backendNames[engine.backend], ...engine.devices])),
    fact("driver", engine.driver ?? say("benchmark:value.none.driver")),
    fact("threads", figures.count(settings.threads)),
    fact(
      "batch",
      say("benchmark:facts.batchFacts", { batch: settings.batchSize, microBatch: settings.microBatchSize }),
    ),
    fact(
      "flashAttention",
      settings.flashAttention === null ? say("benchmark:facts.byLlama") : onOff(settings.flashAttention),
    ),
    fact("kvCacheType", settings.kvCacheType),
    fact("memoryMapped", onOff(settings.memoryMapped)),
    fact("largePages", onOff(settings.largePages)),
    fact("gpuLayers", say("benchmark:facts.layersOf", { gpu: settings.gpuLayers, all: settings.layers })),
    fact("context", figures.tokens(settings.contextSize)),
    fact("seed", String(settings.seed)),
    fact(
      "processor",
      say("benchmark:facts.processorFacts", {
        name: machine.cpuModel,
        cores: say("benchmark:facts.cores", { count: machine.physicalCores }),
        threads: say("benchmark:threads", { count: machine.usableCores }),
      }),
    ),
    fact("graphics", figures.names(machine.gpus) || say("benchmark:facts.noGraphics")),
    fact("memory", say("benchmark:facts.memoryFacts", { total: machine.memoryBytes, free: machine.freeMemoryBytes })),
    fact("system", figures.joined([machine.os.name, machine.os.release, machine.os.architecture])),
    fact("power", powerText(words, power)),
    fact("temperature", heatText(words, thermal)),
    fact("app", `R1 Workbench ${conditions.appVersion}`),
    fact("machine", machine.id),
  ];
}

type FactKey =
  | "model"
  | "quantization"
  | "weights"
  | "engine"
  | "backend"
  | "driver"
  | "threads"
  | "batch"
  | "flashAttention"
  | "kvCacheType"
  | "memoryMapped"
  | "largePages"
  | "gpuLayers"
  | "context"
  | "seed"
  | "processor"
  | "graphics"
  | "memory"
  | "system"
  | "power"
  | "temperature"
  | "app"
  | "machine";

function powerText({ say, figures }: Words, { source, batteryPercent, mode }: BenchmarkConditions["power"]): string {
  const parts = [
    source === "unknown" ? say("benchmark:result.notReported") : say(`benchmark:value.${source}`),
    batteryPercent === null ? null : say("benchmark:facts.charge", { charge: batteryPercent / 100 }),
    mode === null ? null : say("benchmark:facts.powerMode", { mode }),
  ];
  return figures.joined(parts);
}

function heatText({ say, figures }: Words, { celsius, throttled }: BenchmarkConditions["thermal"]): string {
  if (celsius === null && throttled === null) return say("benchmark:result.notReported");
  const parts = [
    celsius === null ? null : say("benchmark:facts.degrees", { degrees: Math.round(celsius) }),
    throttled === null ? null : say(throttled ? "benchmark:facts.throttled" : "benchmark:facts.notThrottled"),
  ];
  return figures.joined(parts);
}
