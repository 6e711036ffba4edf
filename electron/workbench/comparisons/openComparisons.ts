import type { comparisonsCalls } from "../../contract/comparisons.ts";
import type { Capability } from "../Capability.ts";
import { ComparisonRuns, type ComparisonsOptions } from "./ComparisonRuns.ts";

type Calls = typeof comparisonsCalls;

/** Opens the comparisons: questions that several models are asked. `close` comes before that of the runs. */
export function openComparisons(options: ComparisonsOptions): Capability<Calls> & { close: () => Promise<void> } {
  const comparisons = new ComparisonRuns(options);
  return {
    api: null,
    handlers: {
      "comparisons.start": ({ messageId, modelIds }) => comparisons.start(messageId, modelIds),
      "comparisons.stop": async ({ chatId }) => {
        await comparisons.stop(chatId);
        return null;
      },
      "comparisons.askRest": ({ messageId }) => comparisons.askRest(messageId),
      "comparisons.keep": async ({ messageId }) => {
        await comparisons.keep(messageId);
        return null;
      },
      "comparisons.of": ({ messageId }) => comparisons.of(messageId),
    },
    close: () => comparisons.close(),
  };
}
