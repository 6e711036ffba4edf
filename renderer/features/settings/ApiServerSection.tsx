import { useEffect } from "react";
import { usualApiPort } from "../../../electron/contract/usualApiPort.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SectionHead } from "../../parts/SectionHead.tsx";
import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { useApiServer } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { ApiServerAddress } from "./ApiServerAddress.tsx";
import { ApiServerExamples } from "./ApiServerExamples.tsx";
import { ApiServerKey } from "./ApiServerKey.tsx";
import { ApiServerNetwork } from "./ApiServerNetwork.tsx";
import { ApiServerOrigins } from "./ApiServerOrigins.tsx";
import { ApiServerRequests } from "./ApiServerRequests.tsx";
import { ApiServerSwitch } from "./ApiServerSwitch.tsx";
import type { DrawCode } from "./drawCode.ts";
import { fieldOf } from "./settingEntries.ts";

/** This computer as a server: whether it is one, for whom, and what programs ask of it. */
export function ApiServerSection({ drawCode }: { drawCode: DrawCode }) {
  const say = useSay("apiServer");
  const info = useApiServer((state) => state.info);
  const problem = useApiServer((state) => state.problem);
  const watch = useApiServer((state) => state.watch);
  const change = useApiServer((state) => state.change);
  useEffect(() => watch(), [watch]);
  const settings = info?.settings;
  return (
    <section className="api-server" aria-labelledby="api-server">
      <SectionHead id="api-server" title={say("title")} />
      <p className="quiet">{say("intro")}</p>
      {problem && problem.code !== "api-origin-invalid" && <ProblemNotice problem={problem} />}
      {info && settings && (
        <>
          <dl className="pairs settings">
            <ApiServerSwitch info={info} />
            <ApiServerAddress info={info} />
            <ApiServerKey info={info} />
            <NumberField
              key={`port ${settings.port}`}
              id={fieldOf("apiServerPort")}
              label={say("settings:names.apiServerPort")}
              placeholder={String(usualApiPort)}
              value={settings.port}
              min={1024}
              max={65_535}
              hint={say(info.state.state === "on" ? "portHintOn" : "portHint", { usual: String(usualApiPort) })}
              onChange={(port) => void change({ port: port ?? usualApiPort })}
            />
            <ApiServerNetwork info={info} />
            <ApiServerOrigins origins={settings.allowedOrigins} />
            <SwitchRow
              id={fieldOf("apiServerStarts")}
              label={say("settings:names.apiServerStarts")}
              isOn={settings.startsWithApp}
              onChange={(startsWithApp) => void change({ startsWithApp })}
            >
              {say("starts")}
            </SwitchRow>
            <SwitchRow
              id={fieldOf("apiServerContents")}
              label={say("settings:names.apiServerContents")}
              isOn={settings.keepsContents}
              hint={say("contentsHint")}
              onChange={(keepsContents) => void change({ keepsContents })}
            >
              {say("contents")}
            </SwitchRow>
          </dl>
          <ApiServerExamples info={info} drawCode={drawCode} />
          <ApiServerRequests info={info} />
        </>
      )}
    </section>
  );
}
