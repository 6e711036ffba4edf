import type { ReplyStats } from "../contract/chats.ts";
import type { Texts } from "../texts/texts.ts";

/** Returns a reply's figures on one line, as measured by the engine. */
export function speedLine({ say, figures }: Pick<Texts, "say" | "figures">, stats: ReplyStats): string {
  const { thoughtTokens, answerTokens, thoughtCut, tokensPerSecond } = stats;
  const { ttftMs, promptTokens, cachedTokens, stopReason } = stats;
  const tokens = figures.tokens(thoughtTokens + answerTokens);
  const prompt = figures.tokens(promptTokens);
  return [
    say("cli:reply.tokens", { tokens, thought: thoughtTokens, answer: answerTokens }),
    ...(tokensPerSecond === null ? [] : [figures.speed(tokensPerSecond)]),
    say("cli:reply.firstToken", { time: figures.seconds(ttftMs, 2) }),
    cachedTokens === 0
      ? say("cli:reply.prompt", { tokens: prompt })
      : say("cli:reply.promptReused", { tokens: prompt, reused: cachedTokens }),
    ...(thoughtCut === null ? [] : [say(`cli:reply.thoughtCut.${thoughtCut}`)]),
    ...(stopReason === "end" ? [] : [say(`cli:reply.ended.${stopReason}`)]),
  ].join(" · ");
}
