import { isRemote } from "../../electron/contract/modelKinds.ts";
import type { Model, RemoteModel } from "../../electron/contract/models.ts";
import { useTexts } from "../texts.ts";
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
export function ModelSelect({ models, model: chosen, run, onChange }: ModelSelectProps) {
  const { say } = useTexts();
  const placeOf = ({ source: { serverName, host, isThisMachine } }: RemoteModel): string =>
    `${say("servers:at", { name: serverName, host })} · ${say(isThisMachine ? "servers:here" : "servers:leaves")}`;
  return (
    <SetupField label={say("benchmark:form.model")}>
      <Select
        className="setup-model"
        value={run?.modelId ?? chosen.id}
        disabled={run !== null}
        onChange={({ target }) => onChange(target.value)}
      >
        {run !== null && !models.some(({ id }) => id === run.modelId) && (
          <option value={run.modelId}>{run.modelName}</option>
        )}
        {models.map((model) => (
          <option key={model.id} value={model.id}>
            {model.name} · {isRemote(model) ? placeOf(model) : model.quantization}
          </option>
        ))}
      </Select>
    </SetupField>
  );
}
