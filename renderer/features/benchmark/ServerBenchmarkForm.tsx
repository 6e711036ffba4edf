import type { FormEvent } from "react";
import { writtenAt } from "../../../electron/contract/modelKinds.ts";
import type { Model, RemoteModel } from "../../../electron/contract/models.ts";
import {
  leastServerTokens,
  mostServerPromptTokens,
  mostServerRepeats,
  mostServerWrittenTokens,
} from "../../../electron/contract/serverBenchmarkPlan.ts";
import { askedText } from "../../../electron/texts/benchmark/serverResult.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { ModelSelect } from "../../parts/ModelSelect.tsx";
import { ServerMark } from "../../parts/ServerMark.tsx";
import { SetupField } from "../../parts/SetupField.tsx";
import { useIsRefused } from "../../stores/useIsRefused.ts";
import { useServerBenchmark } from "../../stores/useStores.ts";
import { useTexts } from "../../texts.ts";
import { serverPlan } from "./serverPlan.ts";

export interface ServerBenchmarkFormProps {
  models: readonly Model[];
  model: RemoteModel;
  onModel: (modelId: string) => void;
}

const fieldNames = { promptTokens: "prompt", writtenTokens: "written", repeats: "repeats" } as const;

/** Says what will be sent to a server, and to which; then measures its model, or stops that. */
export function ServerBenchmarkForm({ models, model, onModel }: ServerBenchmarkFormProps) {
  const texts = useTexts();
  const { say } = texts;
  const run = useServerBenchmark(({ phase }) => (phase?.state === "measuring" ? phase.run : null));
  const fields = useServerBenchmark((state) => state.fields);
  const type = useServerBenchmark((state) => state.type);
  const start = useServerBenchmark((state) => state.start);
  const stop = useServerBenchmark((state) => state.stop);
  const stopping = useServerBenchmark((state) => state.stopping);
  const isRefused = useIsRefused()(model);
  const isRunning = run !== null;
  const plan = serverPlan(fields);
  const place = run?.server ?? writtenAt(model.source);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (plan !== null) void start(model.id, plan);
  };
  const hint = (): string => {
    if (isRunning) return say("benchmark:server.goesOn");
    if (isRefused) return say("servers:isOffline");
    return plan === null
      ? ""
      : joinSentences(texts, [...askedText(texts, plan, place), say("benchmark:server.keepFree")]);
  };
  return (
    <form className="setup-form" aria-label={say("benchmark:form.label")} onSubmit={submit}>
      <div className="setup">
        <ModelSelect models={models} model={model} run={run} onChange={onModel} />
        {!isRunning &&
          (["promptTokens", "writtenTokens", "repeats"] as const).map((name) => (
            <SetupField key={name} label={say(`benchmark:server.${fieldNames[name]}`)}>
              <input
                className="figure setup-lengths"
                inputMode="numeric"
                value={fields[name]}
                onChange={({ target }) => type({ [name]: target.value })}
              />
            </SetupField>
          ))}
        {/* One element, so that it keeps the focus while its words change. */}
        <button
          type={isRunning ? "button" : "submit"}
          className={isRunning ? "button" : "button primary"}
          disabled={!isRunning && (plan === null || isRefused)}
          onClick={isRunning ? () => void stop() : undefined}
        >
          {say(!isRunning ? "benchmark:form.run" : stopping ? "benchmark:running.stopping" : "benchmark:running.stop")}
        </button>
      </div>
      {plan === null && !isRunning ? (
        <p className="fact-line is-wrong" role="alert">
          {say("benchmark:server.wrongNumber", {
            least: leastServerTokens,
            mostPrompt: mostServerPromptTokens,
            mostWritten: mostServerWrittenTokens,
            mostRepeats: mostServerRepeats,
          })}
        </p>
      ) : (
        <p className="fact-line">
          <ServerMark place={place} /> {hint()}
        </p>
      )}
    </form>
  );
}
