import { useExports, useImports } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** Exports all chats, or imports some. */
export function MoveChatsSetting() {
  const say = useSay("settings");
  const ask = useExports((state) => state.ask);
  const choose = useImports((state) => state.choose);
  return (
    <>
      <dt>
        <span>{say("names.moveChats")}</span>
      </dt>
      <dd>
        <span className="setting-line">
          <button type="button" className="button" id={fieldOf("moveChats")} onClick={() => ask(null)}>
            {say("commands:names.exportAllChats")}
          </button>
          <button type="button" className="button" onClick={() => void choose()}>
            {say("commands:names.importChats")}
          </button>
        </span>
        <p className="hint">{say("hints.moveChats")}</p>
      </dd>
    </>
  );
}
