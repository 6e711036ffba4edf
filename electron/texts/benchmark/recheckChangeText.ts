import type { RecheckChange } from "../../contract/benchmarkComparison.ts";
import type { Texts } from "../texts.ts";
import { backendNames } from "../backendNames.ts";

/** Returns what has changed since the last result, as a sentence: "llama.cpp was b6000 and is now b6100." */
export function recheckChangeText({ say }: Pick<Texts, "say">, change: RecheckChange): string {
  switch (change.part) {
    case "llama":
    case "library":
      return say(`benchmark:recheck.${change.part}`, { was: change.was, is: change.is });
    case "backend":
      return say("benchmark:recheck.backend", { was: backendNames[change.was], is: backendNames[change.is] });
    case "driver": {
      const { was, is } = change;
      if (was === null) return say("benchmark:recheck.driver_added", { is: is ?? "" });
      return is === null
        ? say("benchmark:recheck.driver_removed", { was })
        : say("benchmark:recheck.driver", { was, is });
    }
  }
}
