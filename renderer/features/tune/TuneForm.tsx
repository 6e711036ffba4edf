import { type FormEvent, useId } from "react";
import type { Model } from "../../../electron/contract/models.ts";
import { useTune } from "../../stores/useStores.ts";

export interface TuneFormProps {
  models: readonly Model[];
  model: Model;
  onModel: (modelId: string) => void;
  /** Null: what is typed is no usable number. */
  minutes: number | null;
  onMinutes: (minutes: number | null) => void;
  allowLossy: boolean;
  onAllowLossy: (allowed: boolean) => void;
}

const least = 0.5;
const most = 120;

/** Which model, how long, and whether something may be lost for speed. */
export function TuneForm(props: TuneFormProps) {
  const { models, model, onModel, minutes, onMinutes, allowLossy, onAllowLossy } = props;
  const start = useTune((state) => state.start);
  const ids = { model: useId(), minutes: useId(), hint: useId() };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (minutes !== null) void start({ modelId: model.id, minutes, allowLossy });
  };
  return (
    <form className="tune-form" aria-label="New tuning" onSubmit={submit}>
      <div className="tune-choices">
        <div className="tune-choice">
          <label htmlFor={ids.model}>Model</label>
          <select id={ids.model} value={model.id} onChange={({ target }) => onModel(target.value)}>
            {models.map(({ id, name, quantization }) => (
              <option key={id} value={id}>
                {name} · {quantization}
              </option>
            ))}
          </select>
        </div>
        <div className="tune-choice">
          <label htmlFor={ids.minutes}>Minutes</label>
          <input
            id={ids.minutes}
            className="figure tune-minutes"
            inputMode="decimal"
            defaultValue={minutes ?? ""}
            aria-invalid={minutes === null}
            aria-describedby={ids.hint}
            onChange={({ target }) => {
              const value = target.value.trim() === "" ? Number.NaN : Number(target.value);
              onMinutes(value >= least && value <= most ? value : null);
            }}
          />
        </div>
        <button type="submit" className="button" disabled={minutes === null}>
          Start tuning
        </button>
      </div>
      <label className="tune-lossy">
        <input type="checkbox" checked={allowLossy} onChange={({ target }) => onAllowLossy(target.checked)} />
        Also try settings that lose some precision
      </label>
      <p id={ids.hint} className={minutes === null ? "hint is-wrong" : "hint"}>
        {minutes === null
          ? `Write a number of minutes from ${least} to ${most}.`
          : "Tries threads, GPU layers, flash attention, batch sizes and memory mapping, each measured in turn against the current settings. Nothing changes until you apply the result."}
      </p>
    </form>
  );
}
