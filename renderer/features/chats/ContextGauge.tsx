import { useState } from "react";
import { useAction } from "../../app/useAction.ts";
import { Meter } from "../../parts/Meter.tsx";
import { Popover } from "../../parts/Popover.tsx";
import { useChosenModel } from "../../stores/useChosenModel.ts";
import { useContextRoom, useConversation, useModels, useRuns, useSettings } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { usedByRun } from "./usedByRun.ts";
import { useKeptTokens } from "./useKeptTokens.ts";

/** From this share on, the context counts as nearly full. */
const nearlyFull = 0.85;

/** What happens when it is full. */
const tight = {
  ask: "context.tight",
  dropOldest: "context.tightDropOldest",
  summarize: "context.tightSummarize",
} as const;

export interface ContextGaugeProps {
  /** About how many tokens what is pasted has. */
  pastedTokens: number;
  /** How many tokens the documents of the draft have, as far as that is known. */
  documentTokens: number;
  /** Returns the message as it would be sent now. */
  typed: () => string;
}

/** How full the context is; a click tells what fills it. Nothing is shown until the size is known. */
export function ContextGauge({ pastedTokens, documentTokens, typed }: ContextGaugeProps) {
  const say = useSay("chats");
  const figures = useFigures();
  const showPrompt = useContextRoom((state) => state.showPrompt);
  const model = useChosenModel();
  const loaded = useModels((state) => state.loaded);
  const contextSize = loaded.state === "ready" && loaded.modelId === model?.id ? loaded.facts.contextSize : null;
  const chatId = useConversation((state) => state.openId);
  const isRunning = useRuns(({ byChat }) => chatId !== null && byChat[chatId] !== undefined);
  const kept = useKeptTokens(contextSize !== null && !isRunning);
  const running = useRuns(({ byChat }) => {
    const run = chatId === null ? undefined : byChat[chatId];
    const used = run === undefined ? null : usedByRun(run);
    // In steps, so that the gauge does not render again for every token.
    return used === null ? null : Math.ceil(used / 16) * 16;
  });
  const longChats = useSettings(({ settings }) => settings?.longChats ?? "ask");
  const [isOpen, setIsOpen] = useState(false);
  const show = (): void => {
    setIsOpen(false);
    void showPrompt(typed());
  };
  useAction("showPrompt", show, contextSize !== null && kept !== null && !isRunning && chatId !== null);
  const messages = running ?? kept;
  if (contextSize === null || messages === null) return null;
  const used = messages + (isRunning ? 0 : pastedTokens + documentTokens);
  const fraction = used / contextSize;
  const isTight = fraction >= nearlyFull;
  const facts = { used: figures.countShort(used), size: figures.countShort(contextSize) };
  const rows: [name: string, tokens: number][] = [
    [say(running === null ? "context.messages" : "context.reply"), messages],
  ];
  if (!isRunning && pastedTokens > 0) rows.push([say("context.pasted"), pastedTokens]);
  if (!isRunning && documentTokens > 0) rows.push([say("context.documents"), documentTokens]);
  rows.push([say("context.free"), Math.max(0, contextSize - used)]);
  return (
    <Popover
      side="top"
      align="end"
      label={say("context.label")}
      className="gauge-popover"
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      button={
        <button type="button" className="gauge" title={say("context.of", facts)} aria-label={say("context.of", facts)}>
          <Meter parts={[fraction]} tone={isTight ? "tight" : "plain"} />
          <span className={isTight ? "figure is-tight" : "figure"}>{say("context.used", facts)}</span>
        </button>
      }
    >
      <dl className="gauge-facts">
        {rows.map(([name, tokens]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="figure">{figures.tokens(tokens)}</dd>
          </div>
        ))}
      </dl>
      <p className="hint">{say(isTight ? tight[longChats] : "context.thoughts")}</p>
      {!isRunning && chatId !== null && (
        <button type="button" className="text-button" onClick={show}>
          {say("prompt.show")}
        </button>
      )}
    </Popover>
  );
}
