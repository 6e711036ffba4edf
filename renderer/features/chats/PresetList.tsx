import { Pencil, Plus, Trash2 } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { Preset } from "../../../electron/contract/presets.ts";
import { IconButton } from "../../parts/IconButton.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { usePresets } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { useBuiltInPresets } from "./useBuiltInPresets.ts";

export interface PresetListProps {
  onChoose: (preset: Preset) => void;
  /** Null: to make one. */
  onEdit: (preset: Preset | null) => void;
  /** The key that opened the sheet was meant as a character. */
  onSlash: () => void;
}

/** The presets of the app and the user's own. The arrow keys move in the list, and Enter chooses. */
export function PresetList({ onChoose, onEdit, onSlash }: PresetListProps) {
  const say = useSay("chats");
  const builtIn = useBuiltInPresets();
  const { list, deleted, problem, remove, undoRemove } = usePresets((state) => state);
  const body = useRef<HTMLDivElement>(null);
  const focusFirst = (): void => body.current?.querySelector<HTMLElement>(".preset-choice")?.focus();
  useEffect(focusFirst, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const choices = [...(body.current?.querySelectorAll<HTMLElement>(".preset-choice") ?? [])];
    const at = choices.indexOf(event.target as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: choices.length - 1 }[event.key];
    if (event.key === "/") onSlash();
    else if (to !== undefined && at >= 0) choices[Math.min(Math.max(0, to), choices.length - 1)]?.focus();
    else return;
    event.preventDefault();
  };
  const own = list.state === "ready" ? list.value : [];
  return (
    // Its buttons have the focus.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="info-body preset-body" ref={body} onKeyDown={onKeyDown}>
      <p className="hint">{say("presets.hint")}</p>
      {problem && <ProblemNotice problem={problem} />}
      {list.state === "failed" && <ProblemNotice problem={list.problem} />}
      {deleted && (
        <p className="preset-deleted">
          <output className="grow">{say("list.deleted", { title: deleted.preset.name })}</output>
          <button type="button" className="text-button" onClick={() => void undoRemove().then(focusFirst)}>
            {say("list.undo")}
          </button>
        </p>
      )}
      <ul className="presets" aria-label={say("presets.title")}>
        {[...builtIn, ...own].map((preset, index) => (
          <li key={preset.id} className="preset">
            <button type="button" className="preset-choice" onClick={() => onChoose(preset)}>
              <span className="clip" dir="auto">
                {preset.name}
              </span>
              <span className="clip quiet small" dir="auto">
                {preset.text.slice(0, 300)}
              </span>
            </button>
            {index >= builtIn.length && (
              <>
                <IconButton label={say("presets.editNamed", { name: preset.name })} onClick={() => onEdit(preset)}>
                  <Pencil size={16} aria-hidden />
                </IconButton>
                <IconButton
                  label={say("presets.deleteNamed", { name: preset.name })}
                  onClick={() => void remove(preset.id).then(focusFirst)}
                >
                  <Trash2 size={16} aria-hidden />
                </IconButton>
              </>
            )}
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={() => onEdit(null)}>
        <Plus size={16} aria-hidden /> {say("presets.new")}
      </button>
    </div>
  );
}
