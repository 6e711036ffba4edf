import { type ReactNode, useId } from "react";
import { chooseModel } from "../../../electron/contract/modelChoice.ts";
import type { AppInfo } from "../../../electron/contract/shell.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { thinkingChoices } from "../../parts/thinkingChoices.ts";
import { useModels, useSettings, useShell } from "../../stores/useStores.ts";
import { HubSettings } from "./HubSettings.tsx";

export default function SettingsScreen({ sidebarButton }: { sidebarButton: ReactNode }) {
  const settings = useSettings((state) => state.settings);
  const problem = useSettings((state) => state.problem);
  const info = useShell((state) => state.info);
  return (
    <main className="page" aria-label="Settings">
      <header className="screen-header">
        {sidebarButton}
        <h1 className="screen-title">Settings</h1>
      </header>
      <div className="page-body">
        {problem && <ProblemNotice problem={problem} safe="Your settings are as they were." />}
        {settings ? <Choices settings={settings} /> : !problem && <p className="page-note">Reading the settings…</p>}
        {settings && <HubSettings settings={settings} />}
        <section aria-labelledby="privacy-heading">
          <h2 id="privacy-heading">What leaves this machine</h2>
          <p>
            Nothing, unless you ask for it. Chats stay in the folder below, and imported models where they are. There is
            no account, no telemetry and no update check. The hub is contacted only when you search it, ask it for sizes
            or download from it; it then sees your network address, what you search for and what you download. A link in
            a chat opens in your browser only after you confirm it. Pictures in answers are never fetched.
          </p>
        </section>
        <section aria-labelledby="about-heading">
          <h2 id="about-heading">This app</h2>
          {info ? <AboutFacts info={info} /> : <p className="page-note">Loading…</p>}
        </section>
      </div>
    </main>
  );
}

function Choices({ settings }: { settings: Settings }) {
  const change = useSettings((state) => state.change);
  const list = useModels((state) => state.list);
  const known = list.state === "ready" ? list.value : [];
  const usual = chooseModel(known, { chosen: null, byDefault: settings.defaultModelId });
  const models = known.filter(({ id, builtIn, problems }) => !builtIn && (problems.length === 0 || id === usual?.id));
  const themeId = useId();
  const modelId = useId();
  const thinkingId = useId();
  return (
    <section aria-labelledby="choices-heading">
      <h2 id="choices-heading">Choices</h2>
      <dl className="facts">
        <dt>
          <label htmlFor={themeId}>Theme</label>
        </dt>
        <dd>
          <select
            id={themeId}
            value={settings.theme}
            onChange={({ target }) => void change({ theme: target.value as Settings["theme"] })}
          >
            <option value="system">Same as system</option>
            <option value="light">Light</option>
            <option value="dark">Dark</option>
          </select>
        </dd>
        <dt>
          <label htmlFor={modelId}>Default model</label>
        </dt>
        <dd>
          <select
            id={modelId}
            value={usual === undefined || usual.builtIn ? "" : usual.id}
            onChange={({ target }) => void change({ defaultModelId: target.value === "" ? null : target.value })}
          >
            <option value="">The built-in tiny demo model</option>
            {models.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </dd>
        <dt>
          <label htmlFor={thinkingId}>Thinking in new chats</label>
        </dt>
        <dd>
          <select
            id={thinkingId}
            value={settings.defaultThinking}
            onChange={({ target }) => void change({ defaultThinking: target.value as Settings["defaultThinking"] })}
          >
            {thinkingChoices.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
          <p className="hint">{thinkingChoices.find(({ value }) => value === settings.defaultThinking)?.meaning}</p>
        </dd>
        <NumberField
          key={`context ${settings.contextSize}`}
          label="Context"
          unit="tokens"
          value={settings.contextSize}
          min={256}
          max={1_048_576}
          hint="Leave empty for as much as the model and the memory allow, up to 16,384. Takes effect when a model is next loaded."
          onChange={(contextSize) => void change({ contextSize })}
        />
        <NumberField
          key={`idle ${settings.idleUnloadMinutes}`}
          label="Unload after"
          unit="minutes"
          placeholder="never"
          value={settings.idleUnloadMinutes}
          min={1}
          max={10_080}
          hint="A model that has not been used for this long is unloaded. Leave empty to keep it loaded."
          onChange={(idleUnloadMinutes) => void change({ idleUnloadMinutes })}
        />
      </dl>
    </section>
  );
}

function AboutFacts({ info }: { info: AppInfo }) {
  return (
    <dl className="facts">
      <dt>Everything is kept in</dt>
      <dd className="path">
        <bdi>{info.home}</bdi>
      </dd>
      <dt>Version</dt>
      <dd className="figure">{info.version}</dd>
      <dt>Runtime</dt>
      <dd>
        Electron <span className="figure">{info.electronVersion}</span>, Chromium{" "}
        <span className="figure">{info.chromiumVersion}</span>, {info.platform}
      </dd>
    </dl>
  );
}
