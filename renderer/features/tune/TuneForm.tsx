import type { FormEvent } from "react";
import { r1Case } from "../../../electron/contract/r1Case.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { MinutesField } from "../../parts/MinutesField.tsx";
import { ModelSelect } from "../../parts/ModelSelect.tsx";
import { useRunningTuning } from "../../stores/useRunningTuning.ts";
import { useTune } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** What the times that are compared stand for. */
const weighed = { read: r1Case.promptTokens, written: r1Case.generatedTokens };
const minutesOffered = [2, 5, 10, 30, 60, 120];

export interface TuneFormProps {
  models: readonly Model[];
  model: Model;
  /** Whether starting is what most people want to do now. */
  isMain: boolean;
}

/** Chooses the model, the time limit, and whether lossy settings are allowed, and starts or stops the tuning. */
export function TuneForm({ models, model, isMain }: TuneFormProps) {
  const say = useSay("tune");
  const choices = useTune((state) => state.choices);
  const choose = useTune((state) => state.choose);
  const start = useTune((state) => state.start);
  const stop = useTune((state) => state.stop);
  const stopping = useTune((state) => state.stopping);
  const run = useRunningTuning()?.run ?? null;
  const isRunning = run !== null;
  const { minutes, allowLossy } = run ?? choices;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void start({ modelId: model.id, minutes, allowLossy });
  };
  return (
    <form className="setup-form" aria-label={say("form.label")} onSubmit={submit}>
      <div className="setup">
        <ModelSelect models={models} model={model} run={run} onChange={(modelId) => choose({ modelId })} />
        <MinutesField
          label={say("form.minutes")}
          offered={minutesOffered}
          value={minutes}
          disabled={isRunning}
          onChange={(value) => choose({ minutes: value })}
        />
        {/* One element, so that it keeps the focus while its words change. */}
        <button
          type={isRunning ? "button" : "submit"}
          className={isMain && !isRunning ? "button primary" : "button"}
          onClick={isRunning ? () => void stop() : undefined}
        >
          {say(!isRunning ? "form.start" : stopping ? "running.stopping" : "running.stop")}
        </button>
        <label className="setup-check">
          <input
            type="checkbox"
            checked={allowLossy}
            disabled={isRunning}
            onChange={({ target }) => choose({ allowLossy: target.checked })}
          />
          {say("form.lossy")}
        </label>
      </div>
      <p className="fact-line">{isRunning ? say("running.ends") : say("form.hint", weighed)}</p>
    </form>
  );
}
