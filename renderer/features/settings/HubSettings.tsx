import { type FormEvent, useId, useState } from "react";
import type { HubAccess } from "../../../electron/contract/hub.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useHub, useSettings } from "../../stores/useStores.ts";
import { texts, useSay } from "../../texts.ts";

const megabyte = 1_000_000;

/** Where models are downloaded from, with which token, and at what speed. */
export function HubSettings({ settings }: { settings: Settings }) {
  const say = useSay("settings");
  const change = useSettings((state) => state.change);
  const access = useHub((state) => state.access);
  const problem = useHub((state) => state.problem);
  const limit = settings.downloadBytesPerSecond;
  return (
    <section aria-labelledby="hub-settings-heading">
      <h2 id="hub-settings-heading">{say("downloads.heading")}</h2>
      {problem && <ProblemNotice problem={problem} />}
      <dl className="facts">
        <HubAddress key={`address ${settings.hubEndpoint}`} hubEndpoint={settings.hubEndpoint} access={access} />
        {access && <HubToken access={access} />}
        <NumberField
          key={limit}
          label={say("downloads.limit")}
          unit={say("downloads.limitUnit")}
          placeholder={say("downloads.none")}
          value={limit === null ? null : limit / megabyte}
          min={0.01}
          max={100_000}
          whole={false}
          hint={say("downloads.limitHint")}
          onChange={(megabytes) =>
            void change({ downloadBytesPerSecond: megabytes === null ? null : Math.round(megabytes * megabyte) })
          }
        />
      </dl>
    </section>
  );
}

function HubAddress({ hubEndpoint, access }: { hubEndpoint: string | null; access: HubAccess | null }) {
  const say = useSay("settings");
  const change = useSettings((state) => state.change);
  const [typed, setTyped] = useState(hubEndpoint ?? "");
  const fieldId = useId();
  const keep = (): void => {
    const next = typed.trim() === "" ? null : typed.trim();
    if (next !== hubEndpoint) void change({ hubEndpoint: next });
  };
  return (
    <>
      <dt>
        <label htmlFor={fieldId}>{say("downloads.address")}</label>
      </dt>
      <dd>
        <input
          id={fieldId}
          type="url"
          className="address-field"
          placeholder={access?.endpoint ?? "https://…"}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={keep}
          onKeyDown={({ key }) => key === "Enter" && keep()}
        />
        <p className="hint">
          <Sentence
            text={joinSentences(texts, [
              say("downloads.addressHint"),
              access && say("downloads.inUse", { context: access.endpointFrom, address: slot("address") }),
            ])}
            slots={{ address: <bdi>{access?.endpoint}</bdi> }}
          />
        </p>
      </dd>
    </>
  );
}

function HubToken({ access }: { access: HubAccess }) {
  const say = useSay("settings");
  const setToken = useHub((state) => state.setToken);
  const [typed, setTyped] = useState("");
  const fieldId = useId();
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
        <label htmlFor={fieldId}>{say("downloads.token")}</label>
      </dt>
      <dd>
        <form className="token-form" onSubmit={save}>
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
