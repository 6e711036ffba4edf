import { Combobox } from "@base-ui/react/combobox";
import { Search } from "lucide-react";
import { useState } from "react";
import { hasAllWords } from "../../parts/hasAllWords.ts";
import { texts, useSay } from "../../texts.ts";
import { settingEntries, type SettingId, settingIds } from "./settingEntries.ts";
import { settingWords } from "./settingWords.ts";

/** Finds a setting on any tab by its name and the words about it, and goes there. */
export function SettingsSearch({ onFound }: { onFound: (id: SettingId) => void }) {
  const say = useSay("settings");
  const [typed, setTyped] = useState("");
  const isOpen = typed.trim() !== "";
  const isMatch = (id: SettingId, query: string): boolean => hasAllWords(settingWords(texts, id), query);
  return (
    // Base UI's own popup would hide the rest of the window from screen readers while the Tab key still reaches it.
    <Combobox.Root<SettingId>
      inline
      items={settingIds}
      value={null}
      inputValue={typed}
      itemToStringLabel={(id: SettingId) => say(`names.${id}`)}
      filter={isMatch}
      autoHighlight
      open={isOpen}
      onOpenChange={(open) => !open && setTyped("")}
      onInputValueChange={setTyped}
      onValueChange={(id: SettingId | null) => {
        setTyped("");
        if (id !== null) onFound(id);
      }}
    >
      <div className="field settings-search">
        <Search size={16} aria-hidden />
        <Combobox.Input
          aria-label={say("search.label")}
          // An inline list always counts as open to Base UI, and here it is not there until something is typed.
          aria-expanded={isOpen}
          placeholder={say("search.label")}
          maxLength={200}
          onBlur={() => setTyped("")}
          onKeyDown={({ key }) => key === "Escape" && setTyped("")}
        />
        {isOpen && (
          // A press here leaves the focus in the field.
          <div className="menu settings-hits" onPointerDown={(event) => event.preventDefault()}>
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
          </div>
        )}
      </div>
    </Combobox.Root>
  );
}
