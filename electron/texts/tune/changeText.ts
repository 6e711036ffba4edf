import type { TuneChange } from "../../contract/tune.ts";
import type { Texts } from "../texts.ts";

/** Returns a changed setting in words: "2 threads instead of 4". */
export function changeText({ say, figures }: Pick<Texts, "say" | "figures">, change: TuneChange): string {
  const { setting, to, from } = change;
  const write = (value: TuneChange["to"]): string => (typeof value === "number" ? figures.count(value) : String(value));
  const value = write(to);
  switch (setting) {
    case "threads":
    case "gpuLayers": {
      const count = Number(to);
      return from === undefined
        ? say(`tune:change.${setting}`, { count, value })
        : say(`tune:change.${setting}From`, { count, value, from: write(from) });
    }
    case "batchSize":
    case "kvCacheType":
      return from === undefined
        ? say(`tune:change.${setting}`, { value })
        : say(`tune:change.${setting}From`, { value, from: write(from) });
    case "flashAttention":
      return say(to === true ? "tune:change.flashAttentionOn" : "tune:change.flashAttentionOff");
    case "largePages":
      return say(to === true ? "tune:change.largePagesOn" : "tune:change.largePagesOff");
    case "memoryMapped":
      return say(to === true ? "tune:change.mapped" : "tune:change.notMapped");
  }
}
