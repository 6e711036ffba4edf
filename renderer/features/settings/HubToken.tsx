import { type FormEvent, useState } from "react";
import type { HubAccess } from "../../../electron/contract/hub.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { useHub } from "../../stores/useStores.ts";
import { texts, useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** The token for gated models. It is written, never shown, so there is nothing to undo a change with. */
export function HubToken({ access }: { access: HubAccess }) {
  const say = useSay("settings");
  const setToken = useHub((state) => state.setToken);
  const [typed, setTyped] = useState("");
  const fieldId = fieldOf("hubToken");
  const { tokenFrom, canKeepToken } = access;
  const isOurs = tokenFrom === "keychain" || tokenFrom === "session" || tokenFrom === "unbound";
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() === "") return;
    void setToken(typed.trim()).then((done) => done && setTyped(""));
  };
  return (
    <>
      <dt>
        <label htmlFor={fieldId}>{say("names.hubToken")}</label>
      </dt>
      <dd>
        <form className="setting-line" onSubmit={save}>
          <input
            id={fieldId}
            type="password"
            autoComplete="off"
            spellCheck={false}
            placeholder={isOurs ? "••••••••" : "hf_…"}
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
          <button type="submit" className="button" disabled={typed.trim() === ""}>
            {say("downloads.save")}
          </button>
          {isOurs && (
            <button type="button" className="button" onClick={() => void setToken(null)}>
              {say("downloads.forget")}
            </button>
          )}
        </form>
        <p className="hint">
          {joinSentences(texts, [
            say(`downloads.tokens.${tokenFrom}`),
            say("downloads.tokenScope"),
            !canKeepToken && tokenFrom !== "environment" ? say("downloads.noKeychain") : null,
          ])}
        </p>
      </dd>
    </>
  );
}
