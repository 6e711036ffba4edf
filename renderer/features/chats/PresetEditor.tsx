import { type SubmitEvent, useId, useState } from "react";
import { isVisibleName, mostPresetNameChars, mostPresetTextChars } from "../../../electron/contract/names.ts";
import type { Preset } from "../../../electron/contract/presets.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { usePresets } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

export interface PresetEditorProps {
  /** Null: a new one. */
  preset: Preset | null;
  onDone: () => void;
}

/** Changes a preset of the user, or makes one. */
export function PresetEditor({ preset, onDone }: PresetEditorProps) {
  const say = useSay("chats");
  const fieldId = useId();
  const problem = usePresets((state) => state.problem);
  const save = usePresets((state) => state.save);
  const [name, setName] = useState(preset?.name ?? "");
  const [text, setText] = useState(preset?.text ?? "");
  const [isSaving, setSaving] = useState(false);
  const isWhole = isVisibleName(name) && /\S/.test(text);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    if (!isWhole || isSaving) return;
    setSaving(true);
    const isSaved = await save({ id: preset?.id ?? null, name, text });
    setSaving(false);
    if (isSaved) onDone();
  };
  return (
    <form className="info-body preset-form" onSubmit={(event) => void submit(event)}>
      {problem && <ProblemNotice problem={problem} />}
      <div className="preset-field">
        <label htmlFor={`${fieldId}-name`}>{say("presets.name")}</label>
        <input
          id={`${fieldId}-name`}
          dir="auto"
          value={name}
          maxLength={mostPresetNameChars}
          // The form was opened to fill it in.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onChange={({ target }) => setName(target.value)}
        />
      </div>
      <div className="preset-field">
        <label htmlFor={`${fieldId}-text`}>{say("presets.text")}</label>
        <textarea
          id={`${fieldId}-text`}
          dir="auto"
          rows={8}
          value={text}
          maxLength={mostPresetTextChars}
          aria-describedby={`${fieldId}-hint`}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <p className="hint" id={`${fieldId}-hint`}>
        {say("presets.variablesHint", { example: `{{${say("presets.webPage.page")}}}` })}
      </p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onDone}>
          {say("shell:cancel")}
        </button>
        <button type="submit" className="button primary" disabled={!isWhole || isSaving}>
          {say("presets.save")}
        </button>
      </div>
    </form>
  );
}
