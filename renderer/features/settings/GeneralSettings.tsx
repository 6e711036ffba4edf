import { starts } from "../../../electron/contract/appearance.ts";
import { languages } from "../../../electron/contract/languages.ts";
import { longChatPolicies } from "../../../electron/contract/longChats.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { languageNames } from "../../../electron/texts/languages.ts";
import { SelectRow } from "../../parts/SelectRow.tsx";
import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { thinkingChoices } from "../../parts/thinkingChoices.ts";
import { useSettings, useShell } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { CommandSetting } from "./CommandSetting.tsx";
import { fieldOf } from "./settingEntries.ts";
import { MoveChatsSetting } from "./MoveChatsSetting.tsx";
import { UpdateSetting } from "./UpdateSetting.tsx";

export function GeneralSettings({ settings }: { settings: Settings }) {
  const say = useSay("settings");
  const change = useSettings((state) => state.changeUndoably);
  return (
    <dl className="pairs settings">
      <SelectRow
        id={fieldOf("language")}
        label={say("names.language")}
        value={settings.language}
        onChange={(language) => void change({ language: language as Settings["language"] })}
      >
        <option value="system">{say("general.systemLanguage")}</option>
        {languages.map((language) => (
          <option key={language} value={language} lang={language}>
            {languageNames[language]}
          </option>
        ))}
      </SelectRow>
      <SelectRow
        id={fieldOf("startWith")}
        label={say("names.startWith")}
        value={settings.startWith}
        hint={say("hints.startWith")}
        onChange={(startWith) => void change({ startWith: startWith as Settings["startWith"] })}
      >
        {starts.map((start) => (
          <option key={start} value={start}>
            {say(`starts.${start}`)}
          </option>
        ))}
      </SelectRow>
      <SelectRow
        id={fieldOf("defaultThinking")}
        label={say("names.defaultThinking")}
        value={settings.defaultThinking}
        hint={say(`thinking.${settings.defaultThinking}Meaning`)}
        onChange={(thinking) => void change({ defaultThinking: thinking as Settings["defaultThinking"] })}
      >
        {thinkingChoices.map((thinking) => (
          <option key={thinking} value={thinking}>
            {say(`thinking.${thinking}`)}
          </option>
        ))}
      </SelectRow>
      <SelectRow
        id={fieldOf("longChats")}
        label={say("names.longChats")}
        value={settings.longChats}
        hint={say(`longChats.${settings.longChats}Meaning`)}
        onChange={(longChats) => void change({ longChats: longChats as Settings["longChats"] })}
      >
        {longChatPolicies.map((policy) => (
          <option key={policy} value={policy}>
            {say(`longChats.${policy}`)}
          </option>
        ))}
      </SelectRow>
      <SwitchRow
        id={fieldOf("notifyReplies")}
        label={say("names.notifyReplies")}
        isOn={settings.notifyReplies}
        hint={say("hints.notifyReplies")}
        onChange={(notifyReplies) => void change({ notifyReplies })}
      >
        {say("general.notifyReplies")}
      </SwitchRow>
      <SwitchRow
        id={fieldOf("showReplyInNotification")}
        label={say("names.showReplyInNotification")}
        isOn={settings.showReplyInNotification}
        hint={say("hints.showReplyInNotification")}
        disabled={!settings.notifyReplies}
        onChange={(showReplyInNotification) => void change({ showReplyInNotification })}
      >
        {say("general.showReplyInNotification")}
      </SwitchRow>
      <UpdateSetting settings={settings} />
      <MoveChatsSetting />
      <AboutFacts />
    </dl>
  );
}

function AboutFacts() {
  const say = useSay("settings");
  const info = useShell((state) => state.info);
  const openHome = useShell((state) => state.openHome);
  return (
    <>
      <dt>
        <label htmlFor={fieldOf("home")}>{say("names.home")}</label>
      </dt>
      <dd>
        <span className="setting-line">
          <input id={fieldOf("home")} className="figure path-field" readOnly value={info?.home ?? ""} />
          <button type="button" className="button" aria-label={say("general.showHome")} onClick={() => void openHome()}>
            {say("general.show")}
          </button>
        </span>
        <p className="hint">{say("hints.home")}</p>
      </dd>
      <CommandSetting />
      <dt>
        <span>{say("names.version")}</span>
      </dt>
      <dd className="setting-line" id={fieldOf("version")} tabIndex={-1}>
        <span className="figure">{info?.version}</span>
      </dd>
    </>
  );
}
