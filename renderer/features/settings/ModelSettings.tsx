import { chooseModel } from "../../../electron/contract/modelChoice.ts";
import type { Model } from "../../../electron/contract/models.ts";
import type { Settings } from "../../../electron/contract/settings.ts";
import { BackendOptions, backendOf } from "../../parts/BackendOptions.tsx";
import { NumberField } from "../../parts/NumberField.tsx";
import { SelectRow } from "../../parts/SelectRow.tsx";
import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { useModels, useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { KeptStateBytes } from "./KeptStateBytes.tsx";
import { ReadAheadCharge } from "./ReadAheadCharge.tsx";
import { fieldOf } from "./settingEntries.ts";

const megabyte = 1_000_000;

export function ModelSettings({ settings }: { settings: Settings }) {
  const say = useSay("settings");
  const change = useSettings((state) => state.changeUndoably);
  const list = useModels((state) => state.list);
  const known = list.state === "ready" ? list.value : [];
  const usual = chooseModel(known, { chosen: null, byDefault: settings.defaultModelId });
  const models = known.filter(({ id, builtIn, problems }) => !builtIn && (problems.length === 0 || id === usual?.id));
  const placedName = ({ name, source }: Model): string =>
    source.kind === "file"
      ? name
      : `${say("servers:at", { name, host: source.serverName })}${source.isThisMachine ? "" : ` · ${say("servers:leaves")}`}`;
  const limit = settings.downloadBytesPerSecond;
  return (
    <dl className="pairs settings">
      <SelectRow
        id={fieldOf("defaultModelId")}
        label={say("names.defaultModelId")}
        value={usual === undefined || usual.builtIn ? "" : usual.id}
        hint={say("hints.defaultModelId")}
        onChange={(id) => void change({ defaultModelId: id === "" ? null : id })}
      >
        <option value="">{say("general.builtInModel")}</option>
        {models.map((model) => (
          <option key={model.id} value={model.id}>
            {placedName(model)}
          </option>
        ))}
      </SelectRow>
      <NumberField
        key={`context ${settings.contextSize}`}
        id={fieldOf("contextSize")}
        label={say("names.contextSize")}
        unit={say("general.contextUnit")}
        value={settings.contextSize}
        min={256}
        max={1_048_576}
        hint={say("general.contextHint", { most: 16_384 })}
        onChange={(contextSize) => void change({ contextSize })}
      />
      <NumberField
        key={`idle ${settings.idleUnloadMinutes}`}
        id={fieldOf("idleUnloadMinutes")}
        label={say("names.idleUnloadMinutes")}
        unit={say("general.unloadUnit")}
        placeholder={say("general.never")}
        value={settings.idleUnloadMinutes}
        min={1}
        max={10_080}
        hint={say("general.unloadHint")}
        onChange={(idleUnloadMinutes) => void change({ idleUnloadMinutes })}
      />
      <SelectRow
        id={fieldOf("backend")}
        label={say("names.backend")}
        value={settings.backend ?? ""}
        hint={say("hints.backend")}
        onChange={(chosen) => void change({ backend: backendOf(chosen) })}
      >
        <BackendOptions chosen={settings.backend} />
      </SelectRow>
      <SwitchRow
        id={fieldOf("estimateSpeed")}
        label={say("names.estimateSpeed")}
        isOn={settings.estimateSpeed}
        hint={say("hints.estimateSpeed")}
        onChange={(estimateSpeed) => void change({ estimateSpeed })}
      >
        {say("general.estimateSpeed")}
      </SwitchRow>
      <SwitchRow
        id={fieldOf("improveTitles")}
        label={say("names.improveTitles")}
        isOn={settings.improveTitles}
        hint={say("hints.improveTitles")}
        onChange={(improveTitles) => void change({ improveTitles })}
      >
        {say("general.improveTitles")}
      </SwitchRow>
      <ReadAheadCharge settings={settings} />
      <KeptStateBytes settings={settings} />
      <NumberField
        key={`limit ${limit}`}
        id={fieldOf("downloadBytesPerSecond")}
        label={say("names.downloadBytesPerSecond")}
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
  );
}
