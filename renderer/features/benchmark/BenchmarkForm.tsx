import type { FormEvent } from "react";
import type { BenchmarkPlan, BenchmarkStart } from "../../../electron/contract/benchmark.ts";
import type { Model } from "../../../electron/contract/models.ts";
import type { SolveWish } from "../../../electron/contract/solve.ts";
import { joinSentences } from "../../../electron/texts/joinSentences.ts";
import { MinutesField } from "../../parts/MinutesField.tsx";
import { ModelSelect } from "../../parts/ModelSelect.tsx";
import { NumberField } from "../../parts/NumberField.tsx";
import { Popover } from "../../parts/Popover.tsx";
import { Select } from "../../parts/Select.tsx";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { SetupField } from "../../parts/SetupField.tsx";
import type { BenchmarkChoices } from "../../stores/benchmark.ts";
import { useRunningBenchmark } from "../../stores/useRunningBenchmark.ts";
import { useBenchmark } from "../../stores/useStores.ts";
import { texts, useSay } from "../../texts.ts";
import { customTests, longestTest, mostRepeats, mostTests, type PlanProblem } from "./customTests.ts";

export interface BenchmarkFormProps {
  models: readonly Model[];
  model: Model;
  onModel: (modelId: string) => void;
  /** How long this plan took last time with this model, in seconds; undefined: not known. */
  secondsLastTime: (plan: BenchmarkPlan["kind"]) => number | undefined;
  onStart: (start: BenchmarkStart) => void;
}

const minutesOffered = [3, 10, 30, 60];
const plans = ["standard", "quick", "custom"] as const;
const customFields = ["reading", "writing", "depths", "repeats"] as const;
const quickSeconds = 30;
const problemsOffered = [0, 8, 20, 40, 100, 200];
const levels = ["nano", "easy", "medium", "hard", "mixed"] as const satisfies readonly SolveWish["level"][];

/** Chooses the model and what is measured, and starts or stops the benchmark. */
export function BenchmarkForm({ models, model, onModel, secondsLastTime, onStart }: BenchmarkFormProps) {
  const say = useSay("benchmark");
  const choices = useBenchmark((state) => state.choices);
  const choose = useBenchmark((state) => state.choose);
  const stop = useBenchmark((state) => state.stop);
  const stopping = useBenchmark((state) => state.stopping);
  const run = useRunningBenchmark()?.run ?? null;
  const isRunning = run !== null;
  const { fields, threads, problems, level } = choices;
  const { kind, minutes } = run === null ? choices : { minutes: choices.minutes, ...run.plan };
  const custom = customTests(fields);
  const problem = kind === "custom" && !isRunning && "problem" in custom ? custom.problem : null;

  const problemText = (found: PlanProblem): string => {
    switch (found.kind) {
      case "wrongLength":
        return say("form.wrongLength", { most: longestTest });
      case "noLength":
        return say("form.noLength");
      case "tooManyTests":
        return say("form.tooManyTests", { count: found.tests, most: mostTests });
      case "wrongRepeats":
        return say("form.wrongRepeats", { most: mostRepeats });
    }
  };
  const duration = (): string | null => {
    const seconds = kind === "quick" ? quickSeconds : secondsLastTime(kind);
    if (kind === "custom") return null;
    return seconds === undefined
      ? say("form.takesMost", { minutes })
      : say("form.takes", { seconds: Math.min(seconds, minutes * 60) });
  };
  const takes = duration();
  const hint = joinSentences(texts, [
    say(`form.hints.${kind}`),
    takes,
    problems > 0 ? say("form.thenProblems") : null,
    say("form.closeOthers"),
  ]);
  const planned = (): BenchmarkPlan | null => {
    if (kind === "standard") return { kind, minutes };
    if (kind === "quick") return { kind };
    return "problem" in custom ? null : { kind, ...custom };
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const plan = planned();
    if (plan === null) return;
    const wish = level === null ? { problems, seed: 1 } : { problems, level, seed: 1 };
    const solve = problems > 0 ? { solve: wish } : {};
    onStart({ modelId: model.id, plan, settings: { ...asForReplies, threads }, ...solve });
  };

  return (
    <form className="setup-form" aria-label={say("form.label")} onSubmit={submit}>
      <div className="setup">
        <ModelSelect models={models} model={model} run={run} onChange={onModel} />
        <SetupField label={say("form.plan")}>
          <Select
            className="setup-plan"
            value={kind}
            disabled={isRunning}
            onChange={({ target }) => choose({ kind: target.value as BenchmarkChoices["kind"] })}
          >
            {plans.map((plan) => (
              <option key={plan} value={plan}>
                {say(`plans.${plan}`)}
              </option>
            ))}
          </Select>
        </SetupField>
        {kind === "standard" && (
          <MinutesField
            label={say("form.time")}
            offered={minutesOffered}
            value={minutes}
            disabled={isRunning}
            onChange={(value) => choose({ minutes: value })}
          />
        )}
        {kind === "custom" &&
          !isRunning &&
          customFields.map((name) => (
            <SetupField key={name} label={say(`form.${name}`)}>
              <input
                className="figure setup-lengths"
                value={fields[name]}
                onChange={({ target }) => choose({ fields: { ...fields, [name]: target.value } })}
              />
            </SetupField>
          ))}
        <SetupField label={say("form.problems")}>
          <Select
            value={problems}
            disabled={isRunning}
            onChange={({ target }) => choose({ problems: Number(target.value) })}
          >
            {problemsOffered.map((count) => (
              <option key={count} value={count}>
                {count === 0 ? say("form.noProblems") : texts.figures.count(count)}
              </option>
            ))}
          </Select>
        </SetupField>
        {problems > 0 && (
          <SetupField label={say("form.level")}>
            <Select
              value={level ?? ""}
              disabled={isRunning}
              onChange={({ target }) => choose({ level: levels.find((one) => one === target.value) ?? null })}
            >
              <option value="">{say("form.suited")}</option>
              {levels.map((one) => (
                <option key={one} value={one}>
                  {say(`solve.levels.${one}`)}
                </option>
              ))}
            </Select>
          </SetupField>
        )}
        {/* One element, so that it keeps the focus while its words change. */}
        <button
          type={isRunning ? "button" : "submit"}
          className={isRunning ? "button" : "button primary"}
          disabled={problem !== null}
          onClick={isRunning ? () => void stop() : undefined}
        >
          {say(!isRunning ? "form.run" : stopping ? "running.stopping" : "running.stop")}
        </button>
        {!isRunning && (
          <Popover
            label={say("form.settingsLabel")}
            button={
              <button type="button" className="button ghost">
                {say("form.settings")}
              </button>
            }
          >
            <dl className="facts">
              <NumberField
                label={say("form.threads")}
                value={threads}
                min={1}
                max={1024}
                hint={say("form.threadsHint")}
                onChange={(value) => choose({ threads: value })}
              />
            </dl>
          </Popover>
        )}
      </div>
      {problem === null ? (
        <p className="fact-line">
          {isRunning ? (
            say("running.goesOn")
          ) : (
            <Sentence
              text={takes === null ? hint : hint.replace(takes, slot("takes"))}
              slots={{ takes: <span className="bench-time">{takes}</span> }}
            />
          )}
        </p>
      ) : (
        <p className="fact-line is-wrong" role="alert">
          {problemText(problem)}
        </p>
      )}
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
  largePages: null,
};
