import { densities, readingWidths, textSizes, themes } from "../../../electron/contract/appearance.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { SelectRow } from "../../parts/SelectRow.tsx";
import { useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

const choices = { theme: themes, textSize: textSizes, readingWidth: readingWidths, density: densities } as const;
const settingIds = ["theme", "textSize", "readingWidth", "density"] as const;

/** How the window looks. All of it is applied by the variables of theme.css. */
export function AppearanceSettings({ settings }: { settings: Settings }) {
  const say = useSay("settings");
  const change = useSettings((state) => state.changeUndoably);
  return (
    <dl className="pairs settings">
      {settingIds.map((id) => (
        <SelectRow
          key={id}
          id={fieldOf(id)}
          label={say(`names.${id}`)}
          value={settings[id]}
          hint={id === "theme" ? undefined : say(`hints.${id}`)}
          onChange={(value) => void change({ [id]: value })}
        >
          {choices[id].map((value) => (
            <option key={value} value={value}>
              {say(`appearance.${id}.${value}` as never)}
            </option>
          ))}
        </SelectRow>
      ))}
    </dl>
  );
}
