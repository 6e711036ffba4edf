import { type SubmitEvent, useId, useMemo } from "react";
import { maxMessageChars } from "../../../electron/contract/maxMessageChars.ts";
import type { Preset } from "../../../electron/contract/presets.ts";
import { useSay } from "../../texts.ts";
import { filledPreset, presetVariables } from "./presetText.ts";

export interface PresetFormProps {
  preset: Preset;
  onInsert: (text: string) => void;
  onBack: () => void;
}

/** A field for each variable of a preset. What is left empty stays as it is written in the preset. */
export function PresetForm({ preset, onInsert, onBack }: PresetFormProps) {
  const say = useSay("chats");
  const fieldId = useId();
  const names = useMemo(() => presetVariables(preset.text), [preset]);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const values = new Map<string, string>();
    for (const [index, name] of names.entries()) {
      const typed = form.get(`variable-${index}`);
      if (typeof typed === "string" && /\S/.test(typed)) values.set(name, typed);
    }
    onInsert(filledPreset(preset.text, values).slice(0, maxMessageChars));
  };
  return (
    <form className="info-body preset-form" onSubmit={submit}>
      {names.map((name, index) => (
        <div key={name} className="preset-field">
          <label htmlFor={`${fieldId}-${index}`}>
            <bdi>{name}</bdi>
          </label>
          <textarea
            id={`${fieldId}-${index}`}
            name={`variable-${index}`}
            dir="auto"
            rows={names.length === 1 ? 5 : 2}
            maxLength={100_000}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
            }}
            // The form was opened to fill it in.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus={index === 0}
          />
        </div>
      ))}
      <p className="hint">{say("presets.fillHint")}</p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onBack}>
          {say("presets.back")}
        </button>
        <button type="submit" className="button primary">
          {say("presets.insert")}
        </button>
      </div>
    </form>
  );
}
