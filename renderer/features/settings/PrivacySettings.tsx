import type { Settings } from "../../../electron/contract/settings.ts";
import { settingsHash } from "../../app/route.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useHub } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { BackupSection } from "./BackupSection.tsx";
import { ChatLockSettings } from "./ChatLockSettings.tsx";
import { ConnectionRecord } from "./ConnectionRecord.tsx";
import { HubAddress } from "./HubAddress.tsx";
import { HubToken } from "./HubToken.tsx";
import { KeptStates } from "./KeptStates.tsx";
import { OfflineSetting } from "./OfflineSetting.tsx";
import { fieldOf } from "./settingEntries.ts";

/** What leaves this machine, and to where. */
export function PrivacySettings({ settings }: { settings: Settings }) {
  const say = useSay("settings");
  const access = useHub((state) => state.access);
  const problem = useHub((state) => state.problem);
  return (
    <>
      {problem && <ProblemNotice problem={problem} />}
      <dl className="pairs settings">
        <OfflineSetting />
        <dt>
          <span>{say("names.leaves")}</span>
        </dt>
        <dd className="setting-text" id={fieldOf("leaves")} tabIndex={-1}>
          <p>{say("privacy.text")}</p>
        </dd>
        <ChatLockSettings settings={settings} />
        <KeptStates />
        <dt>
          <span>{say("names.disk")}</span>
        </dt>
        <dd>
          <div className="setting-line">
            <a className="button" id={fieldOf("disk")} href={settingsHash("disk")}>
              {say("privacy.diskShow")}
            </a>
          </div>
          <p className="hint">{say("privacy.disk")}</p>
        </dd>
        <HubAddress key={`address ${settings.hubEndpoint}`} hubEndpoint={settings.hubEndpoint} access={access} />
        {access && <HubToken access={access} />}
      </dl>
      <BackupSection />
      <ConnectionRecord />
    </>
  );
}
