import type { SettingsInUse, TunedSetting } from "../../contract/tune.ts";
import type { Trial } from "./nextTrial.ts";

const number = (value: unknown): string => Number(value).toLocaleString("en");
const counted = (value: unknown, one: string): string => `${number(value)} ${value === 1 ? one : `${one}s`}`;

const words: Record<TunedSetting, (to: unknown, from: unknown) => string> = {
  threads: (to, from) => `${counted(to, "thread")} instead of ${number(from)}`,
  gpuLayers: (to, from) => `${counted(to, "layer")} on the GPU instead of ${number(from)}`,
  flashAttention: (to) => `flash attention ${to === true ? "on" : "off"}`,
  batchSize: (to, from) => `batches of ${counted(to, "token")} instead of ${number(from)}`,
  memoryMapped: (to) => `the model file ${to === true ? "mapped into memory" : "read into memory"}`,
  kvCacheType: (to, from) => `keys and values as ${String(to)} instead of ${String(from)}`,
};

/** Settings as they are called in a sentence. */
export const settingNames: Record<TunedSetting, string> = {
  threads: "other numbers of threads",
  gpuLayers: "other numbers of layers on the GPU",
  flashAttention: "flash attention",
  batchSize: "other batches",
  memoryMapped: "another way to hold the file",
  kvCacheType: "smaller keys and values",
};

/** A setting's change in words, such as "2 threads instead of 4". */
export function settingLabel({ setting, to }: Trial, from: SettingsInUse): string {
  return words[setting](to, from[setting]);
}
