import type { KvCacheType, LoadSettings } from "../../../electron/contract/models.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { SelectField } from "../../parts/SelectField.tsx";
import { useEngine } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

export interface LoadSettingsFieldsProps {
  settings: LoadSettings;
  onChange: (part: Partial<LoadSettings>) => void;
}

/** How a model is loaded: what "Tune for this machine" sets, editable by the user. */
export function LoadSettingsFields({ settings, onChange }: LoadSettingsFieldsProps) {
  const say = useSay("models");
  const hasLargePages = useEngine(
    ({ engine }) => engine !== null && "info" in engine && engine.info.largePages !== undefined,
  );
  const { threads, batchSize, gpuLayers, flashAttention, kvCacheType, memoryMapped, largePages } = settings;
  const onOff = [
    { value: true, label: say("load.on") },
    { value: false, label: say("load.off") },
  ];
  const cacheTypes: { value: KvCacheType; label: string }[] = [
    { value: "f16", label: "f16" },
    { value: "q8_0", label: say("load.cacheHalf", { type: "q8_0" }) },
    { value: "q4_0", label: say("load.cacheQuarter", { type: "q4_0" }) },
  ];
  const known = cacheTypes.some(({ value }) => value === kvCacheType);
  return (
    <>
      <NumberField
        label={say("load.threads")}
        value={threads}
        min={1}
        max={1024}
        hint={say("load.threadsHint")}
        onChange={(value) => onChange({ threads: value })}
      />
      <NumberField
        label={say("load.batch")}
        unit={say("settings:general.contextUnit")}
        value={batchSize}
        min={16}
        max={16_384}
        hint={say("load.batchHint")}
        onChange={(value) => onChange({ batchSize: value })}
      />
      <NumberField
        label={say("load.gpuLayers")}
        value={gpuLayers}
        min={0}
        max={1000}
        hint={say("load.gpuLayersHint")}
        onChange={(value) => onChange({ gpuLayers: value })}
      />
      <SelectField
        label={say("load.flashAttention")}
        open={say("load.automatic")}
        value={flashAttention}
        options={onOff}
        hint={say("load.flashAttentionHint")}
        onChange={(value) => onChange({ flashAttention: value })}
      />
      <SelectField
        label={say("load.cacheType")}
        open="f16"
        value={kvCacheType}
        options={
          known || kvCacheType === null ? cacheTypes : [...cacheTypes, { value: kvCacheType, label: kvCacheType }]
        }
        hint={say("load.cacheHint")}
        onChange={(value) => onChange({ kvCacheType: value })}
      />
      <SelectField
        label={say("load.file")}
        open={say("load.automatic")}
        value={memoryMapped}
        options={[
          { value: true, label: say("load.mapped") },
          { value: false, label: say("load.read") },
        ]}
        hint={say("load.fileHint")}
        onChange={(value) => onChange({ memoryMapped: value })}
      />
      {(hasLargePages || largePages !== null) && (
        <SelectField
          label={say("load.largePages")}
          open={say("load.automatic")}
          value={largePages}
          options={onOff}
          hint={say("load.largePagesHint")}
          onChange={(value) => onChange({ largePages: value })}
        />
      )}
    </>
  );
}
