import { useEffect, useId, useState } from "react";
import type { Model, ModelChoices } from "../../../electron/contract/models.ts";
import { count } from "../../parts/figures.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { thinkingChoices } from "../../parts/thinkingChoices.ts";
import { useModels } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { LoadSettingsFields } from "./LoadSettingsFields.tsx";

/** What a person may set for one model. Empty fields follow the settings and the model's own advice. */
export function ModelChoicesForm({ model }: { model: Model }) {
  const read = useModels((state) => state.choices);
  const write = useModels((state) => state.setChoices);
  const [choices, setChoices] = useState<ModelChoices | null>(null);
  const say = useSay("settings");
  const thinkingId = useId();

  useEffect(() => {
    let isShown = true;
    void read(model.id).then((found) => isShown && setChoices(found));
    return () => {
      isShown = false;
    };
  }, [read, model.id]);

  if (choices === null) return <p className="page-note">Reading its settings…</p>;
  const change = (part: Partial<ModelChoices>): void => {
    const next = { ...choices, ...part };
    setChoices(next);
    void write(model.id, next).then((kept) => kept !== null && setChoices(kept));
  };
  const isOpen = Object.values(choices).every((value) => value === null);
  const longest = model.contextLength ?? 1_048_576;
  return (
    <section aria-label={`Settings of ${model.name}`} className="model-choices">
      <dl className="facts">
        <NumberField
          label="Context"
          unit="tokens"
          value={choices.contextSize}
          min={256}
          max={Math.max(256, longest)}
          hint={`The model allows ${count(longest)}. Takes effect when the model is next loaded.`}
          onChange={(contextSize) => change({ contextSize })}
        />
        <dt>
          <label htmlFor={thinkingId}>Thinking in new chats</label>
        </dt>
        <dd>
          <select
            id={thinkingId}
            value={choices.thinking ?? ""}
            onChange={({ target }) =>
              change({ thinking: thinkingChoices.find((each) => each === target.value) ?? null })
            }
          >
            <option value="">As in Settings</option>
            {thinkingChoices.map((thinking) => (
              <option key={thinking} value={thinking}>
                {say(`thinking.${thinking}`)}
              </option>
            ))}
          </select>
        </dd>
        <NumberField
          label="Temperature"
          value={choices.temperature}
          min={0}
          max={2}
          whole={false}
          hint={
            model.family === "r1"
              ? "DeepSeek advises 0.6 for R1. 0: always the likeliest token."
              : "0: always the likeliest token."
          }
          onChange={(temperature) => change({ temperature })}
        />
        <NumberField
          label="Top-p"
          value={choices.topP}
          min={0}
          max={1}
          whole={false}
          hint={
            model.family === "r1"
              ? "DeepSeek advises 0.95 for R1."
              : "The likeliest tokens whose chances add up to this."
          }
          onChange={(topP) => change({ topP })}
        />
        <NumberField
          label="Top-k"
          value={choices.topK}
          min={0}
          max={1000}
          hint="Only the k likeliest tokens. 0: no such limit."
          onChange={(topK) => change({ topK })}
        />
        <NumberField
          label="Min-p"
          value={choices.minP}
          min={0}
          max={1}
          whole={false}
          hint="Only tokens at least this likely, against the likeliest."
          onChange={(minP) => change({ minP })}
        />
        <LoadSettingsFields settings={choices} onChange={change} />
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
            };
            void write(model.id, open).then((kept) => setChoices(kept ?? choices));
          }}
        >
          Reset to defaults
        </button>
      )}
    </section>
  );
}
