import type { ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { useApiServer, useNetwork } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** Turns the server on and off, and says which it is. */
export function ApiServerSwitch({ info: { state, settings } }: { info: ApiServerInfo }) {
  const say = useSay("apiServer");
  const isOffline = useNetwork(({ network }) => network?.isOffline ?? false);
  const isBusy = useApiServer((store) => store.isBusy);
  const start = useApiServer((store) => store.start);
  const stop = useApiServer((store) => store.stop);
  const onWhere = settings.isOpenToNetwork ? (isOffline ? "onOffline" : "onNetwork") : "on";
  return (
    <SwitchRow
      id={fieldOf("apiServer")}
      label={say("settings:names.apiServer")}
      isOn={state.state === "on" || state.state === "starting"}
      disabled={isBusy}
      below={
        <>
          <p className="hint">
            <output>{say(`states.${state.state === "on" ? onWhere : state.state}`)}</output>
          </p>
          {state.state === "failed" && <ProblemNotice problem={state.problem} />}
        </>
      }
      onChange={(isOn) => void (isOn ? start() : stop())}
    >
      {say("switch")}
    </SwitchRow>
  );
}
