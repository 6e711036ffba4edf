import { Wifi, WifiOff } from "lucide-react";
import { IconButton } from "../parts/IconButton.tsx";
import { useKeptFocus } from "../parts/useKeptFocus.ts";
import { useNetwork } from "../stores/useStores.ts";
import { useFigures, useSay } from "../texts.ts";
import { useAction } from "./useAction.ts";

export interface OfflineSwitchProps {
  isRail: boolean;
  /** Called if Offline could not be turned on or off, which is told above the page. */
  onFailed: () => void;
}

/** Says that Offline is on, and turns it off; otherwise a quiet button that turns it on. */
export function OfflineSwitch({ isRail, onFailed }: OfflineSwitchProps) {
  const say = useSay("network");
  const figures = useFigures();
  const network = useNetwork((state) => state.network);
  const turnOffline = useNetwork((state) => state.turnOffline);
  const keptFocus = useKeptFocus<HTMLDivElement>();
  const isOffline = network?.isOffline ?? false;
  const canChange = network !== null && !network.isForced;
  const turn = async (): Promise<void> => {
    if (!(await turnOffline(!isOffline))) onFailed();
  };
  useAction("toggleOffline", () => void turn(), canChange);
  if (!isOffline && !canChange) return null;
  return (
    // One box in both states, so that the button that takes the other's place takes its focus too.
    <div className={isOffline ? "offline-row" : "online-row"} {...keptFocus}>
      {!isOffline && (
        <IconButton label={say("goOffline")} onClick={() => void turn()}>
          <Wifi size={16} aria-hidden />
        </IconButton>
      )}
      {isOffline && isRail && (
        <>
          <output className="visually-hidden">{say("offline")}</output>
          {canChange ? (
            <IconButton
              label={say("goOnline")}
              tip={figures.joined([say("offline"), say("goOnline")])}
              onClick={() => void turn()}
            >
              <WifiOff size={16} aria-hidden />
            </IconButton>
          ) : (
            <span className="rail-sign" title={say("offline")}>
              <WifiOff size={16} aria-hidden />
            </span>
          )}
        </>
      )}
      {isOffline && !isRail && (
        <>
          <WifiOff size={16} aria-hidden />
          <output className="grow clip">{say("offline")}</output>
          {canChange && (
            <button type="button" className="text-button" onClick={() => void turn()}>
              {say("goOnline")}
            </button>
          )}
        </>
      )}
    </div>
  );
}
