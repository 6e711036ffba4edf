import { chooseModel } from "../../../electron/contract/modelChoice.ts";
import type { AppInfo } from "../../../electron/contract/shell.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { languages } from "../../../electron/contract/languages.ts";
import { languageNames } from "../../../electron/texts/languages.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { ProblemNotice } from "../../parts/ProblemNotice.tsx";
import { ScreenHeader } from "../../parts/ScreenHeader.tsx";
import { SelectRow } from "../../parts/SelectRow.tsx";
import { thinkingChoices } from "../../parts/thinkingChoices.ts";
import { useModels, useSettings, useShell } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { HubSettings } from "./HubSettings.tsx";

export default function SettingsScreen() {
  const say = useSay("settings");
  const settings = useSettings((state) => state.settings);
  const problem = useSettings((state) => state.problem);
  const info = useShell((state) => state.info);
  return (
    <main className="page" aria-label={say("title")}>
      <ScreenHeader title={say("title")} />
      <div className="page-body">
        {problem && <ProblemNotice problem={problem} safe={say("unchanged")} />}
        {settings ? <Choices settings={settings} /> : !problem && <p className="page-note">{say("reading")}</p>}
        {settings && <HubSettings settings={settings} />}
        <section aria-labelledby="privacy-heading">
          <h2 id="privacy-heading">{say("privacy.heading")}</h2>
          <p>{say("privacy.text")}</p>
        </section>
        <section aria-labelledby="about-heading">
          <h2 id="about-heading">{say("about.heading")}</h2>
          {info ? <AboutFacts info={info} /> : <p className="page-note">{say("about.loading")}</p>}
        </section>
      </div>
    </main>
  );
}

const themes = ["system", "light", "dark"] as const;

function Choices({ settings }: { settings: Settings }) {
  const say = useSay("settings");
  const change = useSettings((state) => state.change);
  const list = useModels((state) => state.list);
  const known = list.state === "ready" ? list.value : [];
  const usual = chooseModel(known, { chosen: null, byDefault: settings.defaultModelId });
  const models = known.filter(({ id, builtIn, problems }) => !builtIn && (problems.length === 0 || id === usual?.id));
  return (
    <section aria-labelledby="choices-heading">
      <h2 id="choices-heading">{say("general.heading")}</h2>
      <dl className="facts">
        <SelectRow
          label={say("general.language")}
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
          label={say("general.theme")}
          value={settings.theme}
          onChange={(theme) => void change({ theme: theme as Settings["theme"] })}
        >
          {themes.map((theme) => (
            <option key={theme} value={theme}>
              {say(`general.themes.${theme}`)}
            </option>
          ))}
        </SelectRow>
        <SelectRow
          label={say("general.defaultModel")}
          value={usual === undefined || usual.builtIn ? "" : usual.id}
          onChange={(id) => void change({ defaultModelId: id === "" ? null : id })}
        >
          <option value="">{say("general.builtInModel")}</option>
          {models.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectRow>
        <SelectRow
          label={say("general.thinking")}
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
        <NumberField
          key={`context ${settings.contextSize}`}
          label={say("general.context")}
          unit={say("general.contextUnit")}
          value={settings.contextSize}
          min={256}
          max={1_048_576}
          hint={say("general.contextHint", { most: 16_384 })}
          onChange={(contextSize) => void change({ contextSize })}
        />
        <NumberField
          key={`idle ${settings.idleUnloadMinutes}`}
          label={say("general.unloadAfter")}
          unit={say("general.unloadUnit")}
          placeholder={say("general.never")}
          value={settings.idleUnloadMinutes}
          min={1}
          max={10_080}
          hint={say("general.unloadHint")}
          onChange={(idleUnloadMinutes) => void change({ idleUnloadMinutes })}
        />
      </dl>
    </section>
  );
}

function AboutFacts({ info }: { info: AppInfo }) {
  const say = useSay("settings");
  const figures = useFigures();
  return (
    <dl className="facts">
      <dt>{say("about.home")}</dt>
      <dd className="path">
        <bdi>{info.home}</bdi>
      </dd>
      <dt>{say("about.version")}</dt>
      <dd className="figure">{info.version}</dd>
      <dt>{say("about.runtime")}</dt>
      <dd>{figures.joined([`Electron ${info.electronVersion}`, `Chromium ${info.chromiumVersion}`, info.platform])}</dd>
    </dl>
  );
}
