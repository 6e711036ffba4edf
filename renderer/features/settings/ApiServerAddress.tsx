import { useId } from "react";
import type { ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { CopyTextButton } from "../../parts/CopyTextButton.tsx";
import { useSay } from "../../texts.ts";
import { apiAddresses } from "./apiAddresses.ts";
import { fieldOf } from "./settingEntries.ts";

/** What programs connect to. */
export function ApiServerAddress({ info }: { info: ApiServerInfo }) {
  const say = useSay("apiServer");
  const id = fieldOf("apiServerAddress");
  const hintId = useId();
  const [own, ...others] = apiAddresses(info);
  return (
    <>
      <dt>
        <label htmlFor={id}>{say("settings:names.apiServerAddress")}</label>
      </dt>
      <dd>
        <AddressLine id={id} address={own} describedBy={hintId} />
        <p className="hint" id={hintId}>
          {say(info.state.state === "on" ? "addressHint" : "addressHintOff")}
        </p>
        {others.map((address) => (
          <AddressLine key={address} address={address} label={say("networkAddress")} />
        ))}
        {others.length > 0 && <p className="hint">{say("networkAddressHint")}</p>}
      </dd>
    </>
  );
}

function AddressLine(props: { address: string; id?: string; label?: string; describedBy?: string }) {
  const { address, id, label, describedBy } = props;
  const say = useSay("apiServer");
  return (
    <span className="setting-line">
      <input
        id={id}
        className="figure path-field"
        readOnly
        value={address}
        aria-label={label}
        aria-describedby={describedBy}
      />
      <CopyTextButton label={say("copyAddress")} text={() => address} />
    </span>
  );
}
