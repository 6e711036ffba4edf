import { useApiServer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

/** Says that the server goes on while the chats are locked, because it needs none of them, and turns it off. */
export function ServerWhileLocked() {
  const say = useSay("apiServer");
  const isOn = useApiServer(({ info }) => info?.state.state === "on");
  const isOpen = useApiServer(({ info }) => info?.settings.isOpenToNetwork ?? false);
  const isBusy = useApiServer((state) => state.isBusy);
  const stop = useApiServer((state) => state.stop);
  if (!isOn) return null;
  return (
    <p className="quiet small">
      {say(isOpen ? "locked.onNetwork" : "locked.on")}{" "}
      <button type="button" className="text-button" disabled={isBusy} onClick={() => void stop()}>
        {say("locked.off")}
      </button>
    </p>
  );
}
