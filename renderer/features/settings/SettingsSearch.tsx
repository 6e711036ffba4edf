import { Combobox } from "@base-ui/react/combobox";
import { Search } from "lucide-react";
import { useRef, useState } from "react";
import { foldText } from "../../../electron/contract/foldText.ts";
import { useSay } from "../../texts.ts";
import { settingEntries, type SettingId, settingIds } from "./settingEntries.ts";
import { useSettingWords } from "./useSettingWords.ts";

/** Finds a setting on any tab by its name and the words about it, and goes there. */
export function SettingsSearch({ onFound }: { onFound: (id: SettingId) => void }) {
  const say = useSay("settings");
  const words = useSettingWords();
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLDivElement>(null);
  const isMatch = (id: SettingId, query: string): boolean =>
    foldText(query)
      .split(/\s+/)
      .every((word) => foldText(words(id)).includes(word));
  return (
    <Combobox.Root<SettingId>
      items={settingIds}
      value={null}
      inputValue={typed}
      itemToStringLabel={(id: SettingId) => say(`names.${id}`)}
      filter={isMatch}
      autoHighlight
      open={typed.trim() !== ""}
      onOpenChange={(isOpen) => !isOpen && setTyped("")}
      onInputValueChange={setTyped}
      onValueChange={(id: SettingId | null) => {
        setTyped("");
        if (id !== null) onFound(id);
      }}
    >
      <div ref={field} className="field settings-search">
        <Search size={16} aria-hidden />
        <Combobox.Input aria-label={say("search.label")} placeholder={say("search.label")} maxLength={200} />
      </div>
      <Combobox.Portal>
        <Combobox.Positioner
          className="floating"
          anchor={field}
          side="bottom"
          align="end"
          sideOffset={4}
          collisionPadding={8}
        >
          <Combobox.Popup className="menu settings-hits">
            <Combobox.Empty>
              <p className="menu-note">{say("search.nothing")}</p>
            </Combobox.Empty>
            <Combobox.List>
              {(id: SettingId) => (
                <Combobox.Item key={id} value={id} className="menu-item">
                  <span className="clip">{say(`names.${id}`)}</span>
                  <span className="menu-end">{say(`tabs.${settingEntries[id]}`)}</span>
                </Combobox.Item>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}
