import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { useNetwork } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** The switch that keeps the app from connecting to anything. */
export function OfflineSetting() {
  const say = useSay("network");
  const network = useNetwork((state) => state.network);
  const turnOffline = useNetwork((state) => state.turnOffline);
  if (network === null) return null;
  const { isOffline, isForced } = network;
  return (
    <SwitchRow
      id={fieldOf("offline")}
      label={say("offline")}
      isOn={isOffline}
      hint={say(isForced ? "forcedHint" : "hint")}
      disabled={isForced}
      onChange={(isOn) => void turnOffline(isOn)}
    >
      {say("meaning")}
    </SwitchRow>
  );
}
