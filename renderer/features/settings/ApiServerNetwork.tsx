import { TriangleAlert } from "lucide-react";
import type { ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { useApiServer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** Whether other computers can connect, which main asks about before it is turned on. */
export function ApiServerNetwork({ info: { settings } }: { info: ApiServerInfo }) {
  const say = useSay("apiServer");
  const change = useApiServer((state) => state.change);
  const isOn = settings.isOpenToNetwork;
  return (
    <SwitchRow
      id={fieldOf("apiServerNetwork")}
      label={say("settings:names.apiServerNetwork")}
      isOn={isOn}
      hint={isOn ? undefined : say("network.hint")}
      below={
        isOn && (
          <p className="hint api-warning">
            <TriangleAlert size={16} aria-hidden />
            <span>{say("network.warning")}</span>
          </p>
        )
      }
      onChange={(isOpenToNetwork) => void change({ isOpenToNetwork })}
    >
      {say("network.switch")}
    </SwitchRow>
  );
}
