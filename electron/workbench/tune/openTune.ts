import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";
import type { EventListener } from "../../contract/events.ts";
import type { Model, ModelChoices } from "../../contract/models.ts";
import { type AppliedTuning, appliedTuningSchema, type tuneCalls, type TuneState } from "../../contract/tune.ts";
import { MachineJob } from "../benchmark/MachineJob.ts";
import type { RunningCapability } from "../Capability.ts";
import type { ChoicesStore } from "../models/choicesStore.ts";
import type { Library } from "../models/library.ts";
import { ModelRecords } from "../models/ModelRecords.ts";
import { runTuning, type TuneParts } from "./runTuning.ts";

export interface TuneOptions extends TuneParts {
  home: string;
  library: Pick<Library, "chooseFile">;
  choices: ChoicesStore;
  onEvent: EventListener;
}

/** Tunes one model at a time and applies the result on request. The state diagram is in the contract. */
export function openTune(options: TuneOptions): RunningCapability<typeof tuneCalls> {
  const { home, library, choices, onEvent } = options;
  /** What tuning set for each model, and the choices before it. */
  const tunings = new ModelRecords(join(home, "tunings.json"), appliedTuningSchema);
  const job = new MachineJob<TuneState>({
    home,
    none: { state: "none" },
    refusal: "tune-running",
    onState: (state) => onEvent("tune.changed", state),
  });

  /** Resolves with what tuning set and was not changed since, or null if there is nothing. */
  async function inForce(model: Model): Promise<{ tuning: AppliedTuning; chosen: ModelChoices } | null> {
    const [tuning, chosen] = await Promise.all([tunings.get(model), choices.get(model)]);
    if (tuning === null) return null;
    const changes = tuning.changes.filter(({ setting, to }) => chosen[setting] === to);
    return changes.length === 0 ? null : { tuning: { ...tuning, changes }, chosen };
  }

  async function apply(runId: string): Promise<AppliedTuning> {
    const { state } = job;
    if (state.state !== "ended" || state.run.id !== runId || state.proposal === null) {
      throw new WorkbenchError("tune-nothing-to-apply");
    }
    const { run, proposal } = state;
    const model = await library.chooseFile(run.modelId);
    const already = (await inForce(model))?.tuning;
    if (already !== undefined && already.appliedAt >= run.startedAt) return already;
    const chosen = await choices.get(model);
    const previous = Object.fromEntries(proposal.changes.map(({ setting }) => [setting, chosen[setting]]));
    const tuning: AppliedTuning = { ...proposal, appliedAt: Date.now(), previous };
    // The earlier choices are stored first, so that nothing is changed that could not be restored.
    await tunings.set(model, tuning);
    await choices.set(model, { ...chosen, ...valuesOf(proposal.changes) });
    onEvent("models.changed", {});
    return tuning;
  }

  async function undo(modelId: string | null): Promise<ModelChoices> {
    const model = await library.chooseFile(modelId);
    const found = await inForce(model);
    if (found === null) throw new WorkbenchError("tune-nothing-to-undo");
    const { changes, previous } = found.tuning;
    const before = changes.map(({ setting }) => ({ setting, to: previous[setting] ?? null }));
    const restored = await choices.set(model, { ...found.chosen, ...valuesOf(before) });
    await tunings.set(model, null);
    onEvent("models.changed", {});
    return restored;
  }

  return {
    api: null,
    handlers: {
      "tune.start": ({ modelId: wanted, minutes, allowLossy }) =>
        job.start(
          () => library.chooseFile(wanted),
          (model) => {
            const { id: modelId, name: modelName } = model;
            const run = { id: randomUUID(), modelId, modelName, minutes, allowLossy, startedAt: Date.now() };
            return {
              queued: { state: "queued", run },
              measure: (signal, onState) => runTuning(options, { run, model, signal, onState }),
            };
          },
        ),
      "tune.stop": () => job.stop(),
      "tune.state": () => job.state,
      "tune.apply": ({ runId }) => apply(runId),
      "tune.undo": ({ modelId }) => undo(modelId),
      "tune.applied": async ({ modelId }) => (await inForce(await library.chooseFile(modelId)))?.tuning ?? null,
    },
    async close() {
      await job.stop();
    },
  };
}

function valuesOf(changes: readonly { setting: string; to: unknown }[]): Partial<ModelChoices> {
  return Object.fromEntries(changes.map(({ setting, to }) => [setting, to])) as Partial<ModelChoices>;
}
