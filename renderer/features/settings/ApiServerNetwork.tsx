import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import type { ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { useApiServer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** Whether other computers can connect, which is asked about before it is turned on. */
export function ApiServerNetwork({ info: { settings } }: { info: ApiServerInfo }) {
  const say = useSay("apiServer");
  const change = useApiServer((state) => state.change);
  const [isAsking, setAsking] = useState(false);
  const isOn = settings.isOpenToNetwork;
  return (
    <>
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
        onChange={(wanted) => (wanted ? setAsking(true) : void change({ isOpenToNetwork: false }))}
      >
        {say("network.switch")}
      </SwitchRow>
      {isAsking && (
        <Confirm
          title={say("network.title")}
          action={say("network.action")}
          onConfirm={() => void change({ isOpenToNetwork: true })}
          onClose={() => setAsking(false)}
        >
          <p>{say("network.warning")}</p>
          <p>{say("network.firewall")}</p>
        </Confirm>
      )}
    </>
  );
}
