import { useEffect } from "react";
import { useEngine } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** How much is kept of what models have read of chats, and a way to delete it. */
export function KeptStates() {
  const say = useSay("settings");
  const kept = useEngine((state) => state.keptStates);
  const readKept = useEngine((state) => state.readKeptStates);
  const deleteKept = useEngine((state) => state.deleteKeptStates);
  useEffect(() => void readKept(), [readKept]);
  return (
    <>
      <dt>
        <span>{say("names.keptStates")}</span>
      </dt>
      <dd id={fieldOf("keptStates")} tabIndex={-1}>
        {kept && (
          <div className="setting-line">
            <span>
              {kept.chats === 0
                ? say("privacy.keptNone")
                : say("privacy.kept", { count: kept.chats, size: kept.sizeBytes })}
            </span>
            {kept.chats > 0 && (
              <button type="button" className="button" onClick={() => void deleteKept()}>
                {say("privacy.keptDelete")}
              </button>
            )}
          </div>
        )}
        <p className="hint">{say("privacy.keptText")}</p>
      </dd>
    </>
  );
}
