import { type FormEvent, useId, useState } from "react";
import type { HubAccess } from "../../../electron/contract/hub.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { useHub, useSettings } from "../../stores/useStores.ts";

const megabyte = 1_000_000;

/** Where models are downloaded from, with which token, and how fast. */
export function HubSettings({ settings }: { settings: Settings }) {
  const change = useSettings((state) => state.change);
  const access = useHub((state) => state.access);
  const problem = useHub((state) => state.problem);
  const limit = settings.downloadBytesPerSecond;
  return (
    <section aria-labelledby="hub-settings-heading">
      <h2 id="hub-settings-heading">Downloads</h2>
      {problem && <ProblemNotice problem={problem} />}
      <dl className="facts">
        <HubAddress key={`address ${settings.hubEndpoint}`} hubEndpoint={settings.hubEndpoint} access={access} />
        {access && <HubToken access={access} />}
        <NumberField
          key={limit}
          label="Speed limit"
          unit="MB/s"
          placeholder="none"
          value={limit === null ? null : limit / megabyte}
          min={0.01}
          max={100_000}
          whole={false}
          hint="For all downloads together. Leave empty for no limit."
          onChange={(megabytes) =>
            void change({ downloadBytesPerSecond: megabytes === null ? null : Math.round(megabytes * megabyte) })
          }
        />
      </dl>
    </section>
  );
}

function HubAddress({ hubEndpoint, access }: { hubEndpoint: string | null; access: HubAccess | null }) {
  const change = useSettings((state) => state.change);
  const [typed, setTyped] = useState(hubEndpoint ?? "");
  const fieldId = useId();
  const keep = (): void => {
    const next = typed.trim() === "" ? null : typed.trim();
    if (next !== hubEndpoint) void change({ hubEndpoint: next });
  };
  const from = { default: "the public hub", environment: "from HF_ENDPOINT", settings: "from this setting" };
  return (
    <>
      <dt>
        <label htmlFor={fieldId}>Hub address</label>
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
          The address of a mirror. Leave empty to use the public hub.
          {access && (
            <>
              {" "}
              In use: <bdi>{access.endpoint}</bdi>, {from[access.endpointFrom]}.
            </>
          )}
        </p>
      </dd>
    </>
  );
}

const kept: Record<HubAccess["tokenFrom"], string> = {
  none: "Only gated models need one.",
  environment: "HF_TOKEN is used.",
  keychain: "A token is kept in the system’s keychain.",
  session: "A token is kept until the app quits.",
  elsewhere: "HF_TOKEN belongs to another hub, so it is not sent to this one.",
  unbound: "A token kept by an earlier version does not say which hub it is for, so it is not used. Save it again.",
};

function HubToken({ access }: { access: HubAccess }) {
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
        <label htmlFor={fieldId}>Hub token</label>
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
            Save
          </button>
          {isOurs && (
            <button type="button" className="button" onClick={() => void setToken(null)}>
              Forget
            </button>
          )}
        </form>
        <p className="hint">
          {kept[tokenFrom]} A token is sent only to the hub that it was saved for.
          {!canKeepToken &&
            tokenFrom !== "environment" &&
            " This system has no keychain, so a token is kept only until the app quits."}
        </p>
      </dd>
    </>
  );
}
