import { Wifi, WifiOff } from "lucide-react";
import { IconButton } from "../parts/IconButton.tsx";
import { useNetwork } from "../stores/useStores.ts";
import { useSay } from "../texts.ts";
import { useAction } from "./useAction.ts";

/** Says that Offline is on, and turns it off; otherwise a quiet button that turns it on. */
export function OfflineSwitch({ isRail }: { isRail: boolean }) {
  const say = useSay("network");
  const network = useNetwork((state) => state.network);
  const turnOffline = useNetwork((state) => state.turnOffline);
  const isOffline = network?.isOffline ?? false;
  const canChange = network !== null && !network.isForced;
  useAction("toggleOffline", () => void turnOffline(!isOffline), canChange);
  if (!isOffline) {
    return isRail || !canChange ? null : (
      <IconButton className="go-offline" label={say("goOffline")} onClick={() => void turnOffline(true)}>
        <Wifi size={16} aria-hidden />
      </IconButton>
    );
  }
  return (
    <div className="offline-row" title={isRail ? say("offline") : undefined}>
      <WifiOff size={16} aria-hidden />
      <output className={isRail ? "visually-hidden" : "grow clip"}>{say("offline")}</output>
      {canChange && !isRail && (
        <button type="button" className="text-button" onClick={() => void turnOffline(false)}>
          {say("goOnline")}
        </button>
      )}
    </div>
  );
}
