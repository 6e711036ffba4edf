import { type FormEvent, type ReactNode, useId } from "react";
import type { BenchmarkPlan, BenchmarkStart } from "../../../electron/contract/benchmark.ts";
import type { Model } from "../../../electron/contract/models.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { NumberField } from "../../parts/NumberField.tsx";
import { texts, useFigures, useSay } from "../../texts.ts";
import { type CustomFields, customTests, type LengthProblem, longestTest, mostTests } from "./customTests.ts";

/** The choices besides the model. They are kept while a running benchmark replaces the form. */
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

const plans = ["standard", "quick", "custom"] as const;

/** Chooses the model and what is measured, and starts the benchmark. */
export function BenchmarkForm({ choices, onChoices, models, model, onModel, onStart }: BenchmarkFormProps) {
  const say = useSay("benchmark");
  const figures = useFigures();
  const { kind, minutes, fields, repeats, threads } = choices;
  const change = (part: Partial<BenchmarkChoices>): void => onChoices({ ...choices, ...part });
  const changeFields = (part: Partial<CustomFields>): void => change({ fields: { ...fields, ...part } });
  const hintId = useId();
  const custom = customTests(fields);
  const problem = kind === "custom" && "problem" in custom ? custom.problem : null;

  const problemText = (found: LengthProblem): string => {
    if (found.kind === "wrongLength") return say("form.wrongLength", { most: longestTest });
    if (found.kind === "noLength") return say("form.noLength");
    return say("form.tooManyTests", { count: found.tests, most: mostTests });
  };
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
    <form className="bench-form" aria-label={say("form.label")} onSubmit={submit}>
      <div className="bench-choices">
        <Choice label={say("form.model")} value={model.id} onChange={onModel}>
          {models.map(({ id, name, quantization }) => (
            <option key={id} value={id}>
              {name} · {quantization}
            </option>
          ))}
        </Choice>
        <Choice
          label={say("form.plan")}
          value={kind}
          onChange={(value) => change({ kind: value as BenchmarkPlan["kind"] })}
          hintId={hintId}
        >
          {plans.map((plan) => (
            <option key={plan} value={plan}>
              {say(`plans.${plan}`)}
            </option>
          ))}
        </Choice>
        {kind === "standard" && (
          <Choice
            label={say("form.time")}
            value={String(minutes)}
            onChange={(value) => change({ minutes: Number(value) })}
          >
            {minutesOffered.map((value) => (
              <option key={value} value={value}>
                {say("form.atMost", { minutes: value })}
              </option>
            ))}
          </Choice>
        )}
        <button type="submit" className="button primary" disabled={problem !== null}>
          {say("form.run")}
        </button>
      </div>
      <p id={hintId} className="hint">
        {joinSentences(texts, [say(`form.hints.${kind}`), say("form.closeOthers")])}
      </p>
      {kind === "custom" && (
        <dl className="facts">
          <Lengths label={say("form.read")} value={fields.reading} onChange={(reading) => changeFields({ reading })} />
          <Lengths label={say("form.write")} value={fields.writing} onChange={(writing) => changeFields({ writing })} />
          <Lengths label={say("form.depths")} value={fields.depths} onChange={(depths) => changeFields({ depths })} />
          <NumberField
            label={say("form.repeats")}
            value={repeats}
            min={1}
            max={1000}
            placeholder={figures.count(5)}
            hint={say("form.repeatsHint")}
            onChange={(value) => change({ repeats: value ?? 5 })}
          />
        </dl>
      )}
      {problem !== null && (
        <p className="hint is-wrong" role="alert">
          {problemText(problem)}
        </p>
      )}
      <details>
        <summary>{say("form.settings")}</summary>
        <dl className="facts">
          <NumberField
            label={say("form.threads")}
            value={threads}
            min={1}
            max={1024}
            hint={say("form.threadsHint")}
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
  const say = useSay("benchmark");
  const id = useId();
  return (
    <>
      <dt>
        <label htmlFor={id}>{label}</label>
      </dt>
      <dd>
        <input id={id} className="figure" value={value} onChange={({ target }) => onChange(target.value)} />{" "}
        {say("form.tokens")}
      </dd>
    </>
  );
}
