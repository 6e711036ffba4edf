import { type FormEvent, type ReactNode, useId } from "react";
import type { BenchmarkPlan, BenchmarkStart } from "../../../electron/contract/benchmark.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { type CustomFields, customTests } from "./customTests.ts";
import { planNames } from "./planNames.ts";

/** What is chosen besides the model. It stays while a benchmark takes the form's place. */
export interface BenchmarkChoices {
  kind: BenchmarkPlan["kind"];
  minutes: number;
  fields: CustomFields;
  repeats: number;
  threads: number | null;
}

export interface BenchmarkFormProps {
  choices: BenchmarkChoices;
  onChoices: (choices: BenchmarkChoices) => void;
  models: readonly Model[];
  model: Model;
  onModel: (modelId: string) => void;
  onStart: (start: BenchmarkStart) => void;
}

const minutesOffered = [3, 10, 30, 60];

const planHints: Record<BenchmarkPlan["kind"], string> = {
  standard:
    "Reads 512 tokens and writes 128, at depths 0, 2,048 and 8,192, then reads and writes as much as R1 does for a typical problem, five times each. Tests that do not fit into the time are left out, with the reason.",
  quick: "Reads 512 tokens and writes 128 into an empty context, two to five times each: about 30 s.",
  custom: "Your own lengths and depths; each length is measured at every depth.",
};

/** Choose the model and what is measured, then run. */
export function BenchmarkForm({ choices, onChoices, models, model, onModel, onStart }: BenchmarkFormProps) {
  const { kind, minutes, fields, repeats, threads } = choices;
  const change = (part: Partial<BenchmarkChoices>): void => onChoices({ ...choices, ...part });
  const changeFields = (part: Partial<CustomFields>): void => change({ fields: { ...fields, ...part } });
  const hintId = useId();
  const custom = customTests(fields);
  const problem = kind === "custom" && "problem" in custom ? custom.problem : null;

  const planned = (): BenchmarkPlan | null => {
    if (kind === "standard") return { kind, minutes };
    if (kind === "quick") return { kind };
    return "tests" in custom ? { kind, tests: custom.tests, repeats } : null;
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const plan = planned();
    if (plan !== null) onStart({ modelId: model.id, plan, settings: { ...asForReplies, threads } });
  };

  return (
    <form className="bench-form" aria-label="New benchmark" onSubmit={submit}>
      <div className="bench-choices">
        <Choice label="Model" value={model.id} onChange={onModel}>
          {models.map(({ id, name, quantization }) => (
            <option key={id} value={id}>
              {name} · {quantization}
            </option>
          ))}
        </Choice>
        <Choice
          label="Plan"
          value={kind}
          onChange={(value) => change({ kind: value as BenchmarkPlan["kind"] })}
          hintId={hintId}
        >
          {Object.entries(planNames).map(([value, name]) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </Choice>
        {kind === "standard" && (
          <Choice label="Time" value={String(minutes)} onChange={(value) => change({ minutes: Number(value) })}>
            {minutesOffered.map((value) => (
              <option key={value} value={value}>
                at most {value} min
              </option>
            ))}
          </Choice>
        )}
        <button type="submit" className="button primary" disabled={problem !== null}>
          Run benchmark
        </button>
      </div>
      <p id={hintId} className="hint">
        {planHints[kind]} Other programs slow it down: close what you can; what is busy meanwhile is noticed and marked.
      </p>
      {kind === "custom" && (
        <dl className="facts">
          <Lengths label="Read" value={fields.reading} onChange={(reading) => changeFields({ reading })} />
          <Lengths label="Write" value={fields.writing} onChange={(writing) => changeFields({ writing })} />
          <Lengths label="Depths" value={fields.depths} onChange={(depths) => changeFields({ depths })} />
          <NumberField
            label="Repeats"
            value={repeats}
            min={1}
            max={1000}
            placeholder="5"
            hint="Timed runs of each test, after a warm-up. The median and its spread need five."
            onChange={(value) => change({ repeats: value ?? 5 })}
          />
        </dl>
      )}
      {problem !== null && (
        <p className="hint is-wrong" role="alert">
          {problem}
        </p>
      )}
      <details>
        <summary>Settings</summary>
        <dl className="facts">
          <NumberField
            label="Threads"
            value={threads}
            min={1}
            max={1024}
            hint="Empty: as for a reply. R1 Nano is so small that it always takes one. Results with other threads cannot be compared."
            onChange={(value) => change({ threads: value })}
          />
        </dl>
      </details>
    </form>
  );
}

const asForReplies: BenchmarkStart["settings"] = {
  threads: null,
  batchSize: null,
  gpuLayers: null,
  flashAttention: null,
  kvCacheType: null,
  memoryMapped: null,
};

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hintId?: string;
  children: ReactNode;
}

function Choice({ label, value, onChange, hintId, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="bench-choice">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} aria-describedby={hintId} onChange={({ target }) => onChange(target.value)}>
        {children}
      </select>
    </div>
  );
}

function Lengths({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <>
      <dt>
        <label htmlFor={id}>{label}</label>
      </dt>
      <dd>
        <input id={id} className="figure" value={value} onChange={({ target }) => onChange(target.value)} /> tokens
      </dd>
    </>
  );
}
