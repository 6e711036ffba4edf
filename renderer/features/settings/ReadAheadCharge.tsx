import type { Settings } from "../../../electron/contract/settings.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** The charge of the battery from which the next prompt is read ahead. */
export function ReadAheadCharge({ settings: { readAheadCharge } }: { settings: Settings }) {
  const say = useSay("settings");
  const change = useSettings((state) => state.changeUndoably);
  return (
    <NumberField
      key={`charge ${readAheadCharge}`}
      id={fieldOf("readAheadCharge")}
      label={say("names.readAheadCharge")}
      unit={say("general.readAheadUnit")}
      placeholder={say("general.never")}
      value={readAheadCharge}
      min={0}
      max={100}
      hint={say("general.readAheadHint")}
      onChange={(charge) => void change({ readAheadCharge: charge })}
    />
  );
}
