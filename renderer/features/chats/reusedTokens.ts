import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { Figures } from "../../../electron/texts/figures.ts";
import { useFigures, useSay } from "../../texts.ts";

type Reading = Pick<ReplyStats, "promptTokens" | "cachedTokens" | "prefillTokensPerSecond">;

/** Returns how long the reused tokens would have taken to read, in milliseconds, or null if nothing was measured. */
export function savedMs({ cachedTokens, prefillTokensPerSecond }: Reading): number | null {
  if (cachedTokens === 0 || prefillTokensPerSecond === null) return null;
  return (cachedTokens * 1000) / prefillTokensPerSecond;
}

/** Returns the facts about what of a prompt was read and what was reused. */
export function usePromptFacts(): (reading: Reading) => [label: string, value: string | null][] {
  const say = useSay("chats");
  const figures: Figures = useFigures();
  return (reading) => {
    const { promptTokens, cachedTokens } = reading;
    const tokens = figures.tokens(promptTokens);
    const ms = savedMs(reading);
    return [
      [
        say("speed.fact.prompt"),
        cachedTokens === 0 ? tokens : say("speed.fact.cached", { tokens, cached: cachedTokens }),
      ],
      [say("speed.fact.saved"), ms === null ? null : figures.seconds(ms)],
    ];
  };
}
