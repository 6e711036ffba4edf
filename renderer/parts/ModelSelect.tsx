import type { Model } from "../../electron/contract/models.ts";
import { useSay } from "../texts.ts";
import { Select } from "./Select.tsx";
import { SetupField } from "./SetupField.tsx";

export interface ModelSelectProps {
  models: readonly Model[];
  model: Model;
  /** What is being measured; it is shown and cannot be changed. Null: nothing is. */
  run: { modelId: string; modelName: string } | null;
  onChange: (modelId: string) => void;
}

/** Chooses the model to measure. */
export function ModelSelect({ models, model, run, onChange }: ModelSelectProps) {
  const say = useSay("benchmark");
  return (
    <SetupField label={say("form.model")}>
      <Select
        className="setup-model"
        value={run?.modelId ?? model.id}
        disabled={run !== null}
        onChange={({ target }) => onChange(target.value)}
      >
        {run !== null && !models.some(({ id }) => id === run.modelId) && (
          <option value={run.modelId}>{run.modelName}</option>
        )}
        {models.map(({ id, name, quantization }) => (
          <option key={id} value={id}>
            {name} · {quantization}
          </option>
        ))}
      </Select>
    </SetupField>
  );
}
