import type { ComparedCondition, ComparedConditions, ConditionDifference } from "../../contract/benchmarkComparison.ts";
import type { Texts } from "../texts.ts";
import { backendNames } from "../backendNames.ts";

type Words = Pick<Texts, "say" | "figures">;
type Write<Value> = (value: Value, words: Words) => string;

const asItIs: Write<string> = (value) => value;
const orNone: Write<string | null> = (value, { say }) => value ?? say("benchmark:value.none");
const orUnknown: Write<string | null> = (value, { say }) => value ?? say("benchmark:value.unknown");
const count: Write<number> = (value, { figures }) => figures.count(value);
const onOff: Write<boolean | null> = (value, { say }) =>
  say(value === null ? "benchmark:value.unknown" : value ? "benchmark:value.on" : "benchmark:value.off");
const yesNo: Write<boolean | null> = (value, { say }) =>
  say(value === null ? "benchmark:value.unknown" : value ? "benchmark:value.yes" : "benchmark:value.no");
const power: Write<ComparedConditions["powerSource"]> = (value, { say }) => say(`benchmark:value.${value}`);

const values: { [Condition in ComparedCondition]: Write<ComparedConditions[Condition]> } = {
  processor: asItIs,
  usableCores: count,
  graphics: (names, words) => (names.length === 0 ? orNone(null, words) : words.figures.joined(names)),
  memoryBytes: (value, { figures }) => figures.bytes(value),
  backend: (value) => backendNames[value],
  threads: count,
  batchSize: count,
  microBatchSize: count,
  flashAttention: onOff,
  kvCacheType: asItIs,
  memoryMapped: onOff,
  gpuLayers: ({ onGpu, all }, { say }) =>
    onGpu === 0
      ? say("benchmark:value.allOnCpu")
      : onGpu === all
        ? say("benchmark:value.allOnGpu")
        : say("benchmark:value.someOnGpu", { gpu: onGpu, all }),
  powerSource: power,
  powerMode: orUnknown,
  throttled: yesNo,
  model: asItIs,
  modelFile: asItIs,
  llamaRelease: asItIs,
  libraryVersion: asItIs,
  driver: orNone,
  appVersion: asItIs,
  contextSize: count,
  system: asItIs,
  celsius: (degrees, words) =>
    degrees === null ? orUnknown(null, words) : words.say("benchmark:value.about", { degrees }),
  noisy: (value, { say }) => say(value ? "benchmark:value.noisy" : "benchmark:value.quiet"),
};

/** Returns the name of a condition that differs between results, and its value in each result. */
export function conditionText(words: Words, { condition, values: found }: ConditionDifference) {
  const write = values[condition] as Write<unknown>;
  return { name: words.say(`benchmark:condition.${condition}`), values: found.map((value) => write(value, words)) };
}
