import { type FormEvent, useId } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { useTune } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

export interface TuneFormProps {
  models: readonly Model[];
  model: Model;
  onModel: (modelId: string) => void;
  /** Null: the typed text is not a valid number. */
  minutes: number | null;
  onMinutes: (minutes: number | null) => void;
  allowLossy: boolean;
  onAllowLossy: (allowed: boolean) => void;
}

const least = 0.5;
const most = 120;

/** Chooses the model, the time limit, and whether lossy settings are allowed. */
export function TuneForm(props: TuneFormProps) {
  const { models, model, onModel, minutes, onMinutes, allowLossy, onAllowLossy } = props;
  const say = useSay("tune");
  const start = useTune((state) => state.start);
  const ids = { model: useId(), minutes: useId(), hint: useId() };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (minutes !== null) void start({ modelId: model.id, minutes, allowLossy });
  };
  return (
    <form className="tune-form" aria-label={say("form.label")} onSubmit={submit}>
      <div className="tune-choices">
        <div className="tune-choice">
          <label htmlFor={ids.model}>{say("form.model")}</label>
          <select id={ids.model} value={model.id} onChange={({ target }) => onModel(target.value)}>
            {models.map(({ id, name, quantization }) => (
              <option key={id} value={id}>
                {name} · {quantization}
              </option>
            ))}
          </select>
        </div>
        <div className="tune-choice">
          <label htmlFor={ids.minutes}>{say("form.minutes")}</label>
          <input
            id={ids.minutes}
            className="figure tune-minutes"
            inputMode="decimal"
            defaultValue={minutes ?? ""}
            aria-invalid={minutes === null}
            aria-describedby={ids.hint}
            onChange={({ target }) => {
              // Many languages use a decimal comma.
              const value = target.value.trim() === "" ? Number.NaN : Number(target.value.replace(",", "."));
              onMinutes(value >= least && value <= most ? value : null);
            }}
          />
        </div>
        <button type="submit" className="button" disabled={minutes === null}>
          {say("form.start")}
        </button>
      </div>
      <label className="tune-lossy">
        <input type="checkbox" checked={allowLossy} onChange={({ target }) => onAllowLossy(target.checked)} />
        {say("form.lossy")}
      </label>
      <p id={ids.hint} className={minutes === null ? "hint is-wrong" : "hint"}>
        {minutes === null ? say("form.wrongMinutes", { least, most }) : say("form.hint")}
      </p>
    </form>
  );
}
