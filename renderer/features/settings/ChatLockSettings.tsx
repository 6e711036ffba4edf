import { LockKeyhole } from "lucide-react";
import { useEffect, useState } from "react";
import type { ChatKeys } from "../../../electron/contract/chatLock.ts";
import { lockMinutes } from "../../../electron/contract/lockChoices.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { SelectRow } from "../../parts/SelectRow.tsx";
import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { useChatLock, useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { DecryptSheet } from "./DecryptSheet.tsx";
import { EncryptSheet } from "./EncryptSheet.tsx";
import { PassphraseSheet } from "./PassphraseSheet.tsx";
import { fieldOf } from "./settingEntries.ts";

type Sheet = "encrypt" | "passphrase" | "decrypt";

/** Whether the chats are encrypted, what unlocks them, and when they are locked. */
export function ChatLockSettings({ settings }: { settings: Settings }) {
  const say = useSay("chatLock");
  const info = useChatLock((state) => state.info);
  const isBusy = useChatLock((state) => state.isBusy);
  const problem = useChatLock((state) => state.problem);
  const lock = useChatLock((state) => state.lock);
  const setKeychain = useChatLock((state) => state.setKeychain);
  const forgetProblem = useChatLock((state) => state.forgetProblem);
  const change = useSettings((state) => state.changeUndoably);
  const [sheet, setSheet] = useState<Sheet | null>(null);
  useEffect(() => forgetProblem, [forgetProblem]);
  const keys = info?.state === "open" ? info.opensWith : null;
  if (info === null) return null;
  const open = (next: Sheet | null): void => {
    forgetProblem();
    setSheet(next);
  };
  const minutes = settings.lockAfterMinutes;
  const offered = new Set<number>(lockMinutes);
  if (minutes !== null) offered.add(minutes);
  const onlyIfOn = keys === null ? say("setting.onlyIfOn") : null;
  return (
    <>
      <dt>
        <span>{say("settings:names.chatLock")}</span>
      </dt>
      <dd className="setting-text" id={fieldOf("chatLock")} tabIndex={-1}>
        {problem !== null && sheet === null && <ProblemNotice problem={problem} />}
        <p>{say(`setting.${info.state === "decrypted" ? "decrypted" : keys === null ? "off" : unlocking(keys)}`)}</p>
        <div className="setting-line">
          {info.state === "decrypted" ? (
            <button type="button" className="button" disabled={isBusy} onClick={() => open("decrypt")}>
              {say("setting.turnOff")}
            </button>
          ) : keys === null ? (
            <button
              type="button"
              className="button"
              disabled={isBusy || info.state !== "off"}
              onClick={() => open("encrypt")}
            >
              <LockKeyhole size={16} aria-hidden />
              {say("setting.turnOn")}
            </button>
          ) : (
            <>
              <button type="button" className="button" disabled={isBusy} onClick={() => void lock()}>
                <LockKeyhole size={16} aria-hidden />
                {say("setting.lockNow")}
              </button>
              <button type="button" className="button" disabled={isBusy} onClick={() => open("passphrase")}>
                {say(keys.passphrase ? "setting.change" : "setting.set")}
              </button>
              <button type="button" className="button ghost" disabled={isBusy} onClick={() => open("decrypt")}>
                {say("setting.turnOff")}
              </button>
            </>
          )}
        </div>
      </dd>
      {keys !== null && (info.hasKeychain || keys.keychain) && (
        <SwitchRow
          label={say("turnOn.key.keychain")}
          isOn={keys.keychain}
          disabled={isBusy || (keys.keychain && !keys.passphrase)}
          hint={say(keys.keychain && !keys.passphrase ? "setting.onlyKey" : "setting.keychainHint")}
          onChange={(isOn) => void setKeychain(isOn)}
        >
          {say("setting.useKeychain")}
        </SwitchRow>
      )}
      <SelectRow
        id={fieldOf("lockAfterMinutes")}
        label={say("settings:names.lockAfterMinutes")}
        value={String(minutes)}
        hint={onlyIfOn ?? say("settings:hints.lockAfterMinutes")}
        disabled={keys === null}
        onChange={(value) => void change({ lockAfterMinutes: value === "null" ? null : Number(value) })}
      >
        {[...offered]
          .toSorted((one, other) => one - other)
          .map((count) => (
            <option key={count} value={count}>
              {count % 60 === 0
                ? say("settings:privacy.hours", { count: count / 60 })
                : say("settings:privacy.minutes", { count })}
            </option>
          ))}
        <option value="null">{say("settings:privacy.never")}</option>
      </SelectRow>
      <SwitchRow
        id={fieldOf("lockOnSleep")}
        label={say("settings:names.lockOnSleep")}
        isOn={settings.lockOnSleep}
        hint={onlyIfOn ?? say("settings:hints.lockOnSleep")}
        disabled={keys === null}
        onChange={(lockOnSleep) => void change({ lockOnSleep })}
      >
        {say("settings:privacy.lockOnSleep")}
      </SwitchRow>
      {sheet === "encrypt" && <EncryptSheet hasKeychain={info.hasKeychain} onClose={() => open(null)} />}
      {sheet === "passphrase" && keys !== null && <PassphraseSheet keys={keys} onClose={() => open(null)} />}
      {sheet === "decrypt" && "opensWith" in info && <DecryptSheet keys={info.opensWith} onClose={() => open(null)} />}
    </>
  );
}

const unlocking = ({ passphrase, keychain }: ChatKeys): "both" | "passphrase" | "keychain" =>
  passphrase && keychain ? "both" : passphrase ? "passphrase" : "keychain";
