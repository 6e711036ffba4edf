import type { Settings } from "../../../electron/contract/settings.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

const gigabyte = 1_000_000_000;

/** How much of the disk may be used to keep what models have read. */
export function KeptStateBytes({ settings: { keptStateBytes } }: { settings: Settings }) {
  const say = useSay("settings");
  const change = useSettings((state) => state.changeUndoably);
  return (
    <NumberField
      key={`kept ${keptStateBytes}`}
      id={fieldOf("keptStateBytes")}
      label={say("names.keptStateBytes")}
      unit={say("general.keptUnit")}
      placeholder={say("downloads.none")}
      value={keptStateBytes === null ? null : keptStateBytes / gigabyte}
      min={0.001}
      max={100_000}
      whole={false}
      hint={say("general.keptHint")}
      onChange={(gigabytes) =>
        void change({ keptStateBytes: gigabytes === null ? null : Math.round(gigabytes * gigabyte) })
      }
    />
  );
}
