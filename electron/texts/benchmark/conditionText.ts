import type { ComparedCondition, ComparedConditions, ConditionDifference } from "../../contract/benchmarkComparison.ts";
import type { English } from "../english.d.ts";
import type { Texts } from "../texts.ts";
import { backendNames } from "../backendNames.ts";

type Words = Pick<Texts, "say" | "figures">;
type Write<Value> = (value: Value, words: Words) => string;

const asItIs: Write<string> = (value) => value;
const count: Write<number> = (value, { figures }) => figures.count(value);
const onOff: Write<boolean> = (value, { say }) => say(value ? "benchmark:value.on" : "benchmark:value.off");
const yesNo: Write<boolean> = (value, { say }) => say(value ? "benchmark:value.yes" : "benchmark:value.no");
/** The word depends on the condition, because it agrees with its name in French. */
const unknown = (condition: keyof English["benchmark"]["value"]["unknown"], { say }: Words): string =>
  say(`benchmark:value.unknown.${condition}`);

const values: { [Condition in ComparedCondition]: Write<ComparedConditions[Condition]> } = {
  processor: asItIs,
  usableCores: count,
  graphics: (names, words) =>
    names.length === 0 ? words.say("benchmark:value.none.graphics") : words.figures.names(names),
  memoryBytes: (value, { figures }) => figures.bytes(value),
  backend: (value) => backendNames[value],
  threads: count,
  batchSize: count,
  microBatchSize: count,
  flashAttention: (value, words) => (value === null ? unknown("flashAttention", words) : onOff(value, words)),
  kvCacheType: asItIs,
  memoryMapped: onOff,
  largePages: onOff,
  gpuLayers: ({ onGpu, all }, { say }) =>
    onGpu === 0
      ? say("benchmark:value.allOnCpu")
      : onGpu === all
        ? say("benchmark:value.allOnGpu")
        : say("benchmark:value.someOnGpu", { gpu: onGpu, all }),
  powerSource: (value, words) =>
    value === "unknown" ? unknown("powerSource", words) : words.say(`benchmark:value.${value}`),
  powerMode: (value, words) => value ?? unknown("powerMode", words),
  throttled: (value, words) => (value === null ? unknown("throttled", words) : yesNo(value, words)),
  model: asItIs,
  modelFile: asItIs,
  llamaRelease: asItIs,
  libraryVersion: asItIs,
  driver: (value, { say }) => value ?? say("benchmark:value.none.driver"),
  appVersion: asItIs,
  contextSize: count,
  system: asItIs,
  celsius: (degrees, words) =>
    degrees === null ? unknown("celsius", words) : words.say("benchmark:value.about", { degrees }),
  noisy: (value, { say }) => say(value ? "benchmark:value.noisy" : "benchmark:value.quiet"),
};

/** Returns the name of a condition that differs between results, and its value in each result. */
export function conditionText(words: Words, { condition, values: found }: ConditionDifference) {
  const write = values[condition] as Write<unknown>;
  return { name: words.say(`benchmark:condition.${condition}`), values: found.map((value) => write(value, words)) };
}
