import type { ReplyStats } from "../../../electron/contract/chats.ts";
import type { LiveReply } from "../../../electron/contract/runs.ts";
import { useFigures, useSay } from "../../texts.ts";
import { ReplyChart } from "./ReplyChart.tsx";
import { usePromptFacts } from "./reusedTokens.ts";

/** The chart of a reply's speed, and all its figures. */
export function SpeedOfReply({ figures: measured }: { figures: LiveReply | ReplyStats }) {
  const say = useSay("chats");
  const figures = useFigures();
  const promptFacts = usePromptFacts();
  const { thoughtTokens, answerTokens, prefillTokensPerSecond, ttftMs } = measured;
  const { tokensPerSecond, thoughtMs, speedSamples } = measured;
  /** How much of the reply is thought, and how much answer. */
  const share = (tokens: number, amount: string): string =>
    thoughtTokens === 0 || answerTokens === 0
      ? amount
      : say("speed.fact.share", { percent: figures.percent(tokens / (thoughtTokens + answerTokens)), amount });
  const live = "stopReason" in measured ? null : measured;
  const facts: [label: string, value: string | null][] = [
    [say("speed.fact.writing"), tokensPerSecond === null ? null : figures.speed(tokensPerSecond)],
    [say("speed.fact.reading"), prefillTokensPerSecond === null ? null : figures.speed(prefillTokensPerSecond)],
    [say("speed.fact.first"), ttftMs === null ? null : figures.seconds(ttftMs, 2)],
    ...promptFacts(measured),
    [
      say("speed.fact.thought"),
      thoughtTokens === 0
        ? null
        : share(
            thoughtTokens,
            say("speed.fact.in", { tokens: figures.tokens(thoughtTokens), time: figures.seconds(thoughtMs) }),
          ),
    ],
    [say("speed.fact.answer"), share(answerTokens, figures.tokens(answerTokens))],
    [say("speed.fact.memory"), live?.memory ? figures.bytes(live.memory.residentBytes) : null],
    [say("speed.fact.gpu"), live?.memory?.gpuBytes ? figures.bytes(live.memory.gpuBytes) : null],
    [say("speed.fact.end"), "stopReason" in measured ? say(`speed.ended.${measured.stopReason}`) : null],
  ];
  return (
    <>
      <h2 className="speed-title">{say("speed.course")}</h2>
      <ReplyChart samples={speedSamples} average={tokensPerSecond} tokens={thoughtTokens + answerTokens} />
      <dl className="speed-facts">
        {facts.map(
          ([label, value]) =>
            value !== null && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {measured.wire && <p className="reply-chart-note">{say(`servers:measured.${measured.wire.counts}`)}</p>}
    </>
  );
}
