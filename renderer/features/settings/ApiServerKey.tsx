import { useEffect, useState } from "react";
import type { ApiServerInfo } from "../../../electron/contract/apiServer.ts";
import { Confirm } from "../../parts/Confirm.tsx";
import { CopyTextButton } from "../../parts/CopyTextButton.tsx";
import { useKeptFocus } from "../../parts/useKeptFocus.ts";
import { useApiServer } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** The key that programs need. It is shown once, right after it was made. */
export function ApiServerKey({ info }: { info: ApiServerInfo }) {
  const say = useSay("apiServer");
  const figures = useFigures();
  const newKey = useApiServer((state) => state.newKey);
  const forgetKey = useApiServer((state) => state.forgetKey);
  const renewKey = useApiServer((state) => state.renewKey);
  const [isAsking, setAsking] = useState(false);
  const keptFocus = useKeptFocus<HTMLElement>();
  const id = fieldOf("apiServerKey");
  useEffect(() => forgetKey, [forgetKey]);
  return (
    <>
      <dt>
        {newKey === null ? (
          <span>{say("settings:names.apiServerKey")}</span>
        ) : (
          <label htmlFor={id}>{say("settings:names.apiServerKey")}</label>
        )}
      </dt>
      <dd {...keptFocus}>
        {newKey === null ? (
          <>
            <div className="setting-line setting-text" id={id} tabIndex={-1}>
              <output className="api-key-state">
                {info.keyMadeAt === null ? say("key.none") : say("key.made", { when: figures.moment(info.keyMadeAt) })}
              </output>
              {info.keyMadeAt !== null && (
                <button type="button" className="button" onClick={() => setAsking(true)}>
                  {say("key.renew")}
                </button>
              )}
            </div>
            <p className="hint">{say("key.hint")}</p>
          </>
        ) : (
          <>
            <div className="setting-line">
              <input
                id={id}
                className="figure path-field api-key"
                readOnly
                autoComplete="off"
                spellCheck={false}
                value={newKey}
              />
              <CopyTextButton label={say("key.copy")} text={() => newKey} />
              <button type="button" className="button" onClick={forgetKey}>
                {say("key.done")}
              </button>
            </div>
            <output className="hint">{say("key.fresh")}</output>
          </>
        )}
      </dd>
      {isAsking && (
        <RenewConfirm requests={info.requests} onConfirm={() => void renewKey()} onClose={() => setAsking(false)} />
      )}
    </>
  );
}

interface RenewConfirmProps {
  requests: ApiServerInfo["requests"];
  onConfirm: () => void;
  onClose: () => void;
}

function RenewConfirm({ requests, onConfirm, onClose }: RenewConfirmProps) {
  const say = useSay("apiServer");
  const figures = useFigures();
  const programs = [...new Set(requests.map(({ program }) => program).filter((program) => program !== ""))];
  return (
    <Confirm title={say("renewing.title")} action={say("renewing.action")} onConfirm={onConfirm} onClose={onClose}>
      <p>{say("renewing.text")}</p>
      {programs.length > 0 && <p>{say("renewing.programs", { programs: figures.list(programs) })}</p>}
    </Confirm>
  );
}
