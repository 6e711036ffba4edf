import { useState } from "react";
import type { Preset } from "../../../electron/contract/presets.ts";
import { useAction } from "../../app/useAction.ts";
import { SheetDialog } from "../../parts/SheetDialog.tsx";
import { useComposer, usePresets } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { insertIntoComposer } from "./insertIntoComposer.ts";
import { PresetEditor } from "./PresetEditor.tsx";
import { PresetForm } from "./PresetForm.tsx";
import { PresetList } from "./PresetList.tsx";
import { presetVariables } from "./presetText.ts";
import "./presetSheet.css";

/** The prompt presets, over the chat: to choose one, fill in its variables, and keep own ones. */
export function PresetSheet() {
  const isOpen = usePresets((state) => state.isOpen);
  const open = usePresets((state) => state.open);
  const isEditing = useComposer(({ editing }) => editing !== null);
  useAction("showPresets", open, !isEditing);
  return isOpen ? <OpenSheet /> : null;
}

/** What the sheet shows: the list, the variables of a preset, or a preset to change; null is a new one. */
type View = { kind: "list" } | { kind: "fill"; preset: Preset } | { kind: "edit"; preset: Preset | null };

function OpenSheet() {
  const say = useSay("chats");
  const close = usePresets((state) => state.close);
  const [view, setView] = useState<View>({ kind: "list" });
  const insert = (text: string): void => {
    close();
    insertIntoComposer(text);
  };
  const choose = (preset: Preset): void => {
    if (presetVariables(preset.text).length === 0) insert(preset.text);
    else setView({ kind: "fill", preset });
  };
  const back = (): void => setView({ kind: "list" });
  const title =
    view.kind === "list"
      ? say("presets.title")
      : view.kind === "fill"
        ? view.preset.name
        : say(view.preset === null ? "presets.new" : "presets.edit");
  return (
    <SheetDialog
      title={<bdi>{title}</bdi>}
      isName
      className="preset-sheet"
      finalFocus={() => document.querySelector<HTMLElement>(".composer-field")}
      onClose={close}
    >
      {view.kind === "list" && (
        <PresetList
          onChoose={choose}
          onEdit={(preset) => setView({ kind: "edit", preset })}
          onSlash={() => insert("/")}
        />
      )}
      {view.kind === "fill" && <PresetForm preset={view.preset} onInsert={insert} onBack={back} />}
      {view.kind === "edit" && <PresetEditor preset={view.preset} onDone={back} />}
    </SheetDialog>
  );
}
