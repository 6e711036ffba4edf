import { useEffect, useState } from "react";
import { isFile } from "../../../electron/contract/modelKinds.ts";
import type { Model, ModelChoices } from "../../../electron/contract/models.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { SelectRow } from "../../parts/SelectRow.tsx";
import { thinkingChoices } from "../../parts/thinkingChoices.ts";
import { useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { LoadSettingsFields } from "./LoadSettingsFields.tsx";

/** The user's choices for one model. Empty fields use the settings and the model's own defaults. */
export function ModelChoicesForm({ model }: { model: Model }) {
  const read = useModels((state) => state.choices);
  const write = useModels((state) => state.setChoices);
  const [choices, setChoices] = useState<ModelChoices | null>(null);
  const say = useSay("models");

  useEffect(() => {
    let isShown = true;
    void read(model.id).then((found) => isShown && setChoices(found));
    return () => {
      isShown = false;
    };
  }, [read, model.id]);

  if (choices === null) return <p className="page-note">{say("choices.reading")}</p>;
  const change = (part: Partial<ModelChoices>): void => {
    const next = { ...choices, ...part };
    setChoices(next);
    void write(model.id, next).then((kept) => kept !== null && setChoices(kept));
  };
  const isOpen = Object.values(choices).every((value) => value === null);
  const longest = model.contextLength ?? 1_048_576;
  return (
    <section aria-label={say("installed.settingsOf", { name: model.name })} className="model-choices">
      <dl className="facts">
        {isFile(model) && (
          <NumberField
            label={say("settings:names.contextSize")}
            unit={say("settings:general.contextUnit")}
            value={choices.contextSize}
            min={256}
            max={Math.max(256, longest)}
            hint={say("choices.contextHint", { most: longest })}
            onChange={(contextSize) => change({ contextSize })}
          />
        )}
        <SelectRow
          label={say("settings:names.defaultThinking")}
          value={choices.thinking ?? ""}
          onChange={(chosen) => change({ thinking: thinkingChoices.find((each) => each === chosen) ?? null })}
        >
          <option value="">{say("choices.asInSettings")}</option>
          {thinkingChoices.map((thinking) => (
            <option key={thinking} value={thinking}>
              {say(`settings:thinking.${thinking}`)}
            </option>
          ))}
        </SelectRow>
        <NumberField
          label={say("choices.temperature")}
          value={choices.temperature}
          min={0}
          max={2}
          whole={false}
          hint={say(model.family === "r1" ? "choices.temperatureHintR1" : "choices.temperatureHint")}
          onChange={(temperature) => change({ temperature })}
        />
        <NumberField
          label="Top-p"
          value={choices.topP}
          min={0}
          max={1}
          whole={false}
          hint={say(model.family === "r1" ? "choices.topPHintR1" : "choices.topPHint")}
          onChange={(topP) => change({ topP })}
        />
        <NumberField
          label="Top-k"
          value={choices.topK}
          min={0}
          max={1000}
          hint={say("choices.topKHint")}
          onChange={(topK) => change({ topK })}
        />
        <NumberField
          label="Min-p"
          value={choices.minP}
          min={0}
          max={1}
          whole={false}
          hint={say("choices.minPHint")}
          onChange={(minP) => change({ minP })}
        />
        {isFile(model) && <LoadSettingsFields settings={choices} onChange={change} />}
      </dl>
      {!isOpen && (
        <button
          type="button"
          className="button"
          onClick={() => {
            setChoices(null);
            const open = {
              contextSize: null,
              temperature: null,
              topP: null,
              topK: null,
              minP: null,
              thinking: null,
              threads: null,
              batchSize: null,
              gpuLayers: null,
              flashAttention: null,
              kvCacheType: null,
              memoryMapped: null,
              largePages: null,
            };
            void write(model.id, open).then((kept) => setChoices(kept ?? choices));
          }}
        >
          {say("choices.reset")}
        </button>
      )}
    </section>
  );
}
