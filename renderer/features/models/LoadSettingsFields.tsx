import type { KvCacheType, LoadSettings } from "../../../electron/contract/models.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { SelectField } from "../../parts/SelectField.tsx";

export interface LoadSettingsFieldsProps {
  settings: LoadSettings;
  onChange: (part: Partial<LoadSettings>) => void;
}

const cacheTypes: { value: KvCacheType; label: string }[] = [
  { value: "f16", label: "f16" },
  { value: "q8_0", label: "q8_0, half the memory" },
  { value: "q4_0", label: "q4_0, a quarter of it" },
];

/** How a model is run: what "Tune for this machine" sets, open to a person's own choice. */
export function LoadSettingsFields({ settings, onChange }: LoadSettingsFieldsProps) {
  const { threads, batchSize, gpuLayers, flashAttention, kvCacheType, memoryMapped } = settings;
  const known = cacheTypes.some(({ value }) => value === kvCacheType);
  return (
    <>
      <NumberField
        label="Threads"
        value={threads}
        min={1}
        max={1024}
        hint="Empty: one for each physical core."
        onChange={(value) => onChange({ threads: value })}
      />
      <NumberField
        label="Batch"
        unit="tokens"
        value={batchSize}
        min={16}
        max={16_384}
        hint="Tokens read at once. Empty: 512. Less is taken where memory is short."
        onChange={(value) => onChange({ batchSize: value })}
      />
      <NumberField
        label="GPU layers"
        value={gpuLayers}
        min={0}
        max={1000}
        hint="Empty: as many as fit. 0: everything on the CPU."
        onChange={(value) => onChange({ gpuLayers: value })}
      />
      <SelectField
        label="Flash attention"
        open="As llama.cpp decides"
        value={flashAttention}
        options={[
          { value: true, label: "On" },
          { value: false, label: "Off" },
        ]}
        hint="A way to compute attention that needs less memory."
        onChange={(value) => onChange({ flashAttention: value })}
      />
      <SelectField
        label="Keys and values"
        open="f16"
        value={kvCacheType}
        options={
          known || kvCacheType === null ? cacheTypes : [...cacheTypes, { value: kvCacheType, label: kvCacheType }]
        }
        hint="Smaller types save memory and lose a little of what was read."
        onChange={(value) => onChange({ kvCacheType: value })}
      />
      <SelectField
        label="Model file"
        open="As llama.cpp decides"
        value={memoryMapped}
        options={[
          { value: true, label: "Mapped into memory" },
          { value: false, label: "Read into memory" },
        ]}
        hint="Mapped, its pages may leave the memory while they are not needed."
        onChange={(value) => onChange({ memoryMapped: value })}
      />
    </>
  );
}
