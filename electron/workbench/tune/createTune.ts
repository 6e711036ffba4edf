import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { toError, WorkbenchError } from "../../contract/errors.ts";
import type { Model, ModelChoices } from "../../contract/models.ts";
import { type AppliedTuning, appliedTuningSchema, type TuneStart, type TuneState } from "../../contract/tune.ts";
import { lockMachine } from "../benchmark/lockMachine.ts";
import type { ChoicesStore } from "../models/choicesStore.ts";
import type { Library } from "../models/library.ts";
import { ModelRecords } from "../models/ModelRecords.ts";
import { runTuning, type TuneParts } from "./runTuning.ts";

export interface TuneOptions extends TuneParts {
  home: string;
  library: Pick<Library, "choose">;
  choices: ChoicesStore;
  onChange: (state: TuneState) => void;
  /** A model's choices changed. */
  onChoices: () => void;
}

/** Tunes, one model at a time, and applies what was found when told to. The diagram is in the contract. */
export interface TuneOwner {
  readonly state: TuneState;
  start(start: TuneStart): Promise<TuneState>;
  /** Resolves once it has ended. */
  stop(): Promise<TuneState>;
  apply(runId: string): Promise<AppliedTuning>;
  undo(modelId: string | null): Promise<ModelChoices>;
  applied(modelId: string | null): Promise<AppliedTuning | null>;
  /** Stops it; the engine must be ended beside it. */
  close(): Promise<void>;
}

export function createTune(options: TuneOptions): TuneOwner {
  const { library, choices } = options;
  /** What tuning set for each model, and what was chosen before. */
  const tunings = new ModelRecords(join(options.home, "tunings.json"), appliedTuningSchema);
  let state: TuneState = { state: "none" };
  let current: { stopping: AbortController; ended: Promise<void> } | null = null;

  function enter(next: TuneState): void {
    state = next;
    options.onChange(next);
  }

  async function start({ modelId, minutes, allowLossy }: TuneStart): Promise<TuneState> {
    if (current !== null) throw new WorkbenchError("tune-running");
    const stopping = new AbortController();
    let ended: () => void = () => undefined;
    current = { stopping, ended: new Promise<void>((resolve) => (ended = resolve)) };
    try {
      const model = await library.choose(modelId);
      const [problem] = model.problems;
      if (problem !== undefined) throw toError(problem);
      const lock = lockMachine(options.home);
      const run = {
        id: randomUUID(),
        modelId: model.id,
        modelName: model.name,
        minutes,
        allowLossy,
        startedAt: Date.now(),
      };
      enter({ state: "queued", run });
      void runTuning(options, { run, model, signal: stopping.signal, onState: enter }).then((last) => {
        // Whoever hears of the end may start the next one.
        lock.release();
        current = null;
        enter(last);
        ended();
      });
      return state;
    } catch (error) {
      current = null;
      ended();
      throw error;
    }
  }

  /** What tuning set and nobody changed since; null: nothing of it. */
  async function inForce(model: Model): Promise<{ tuning: AppliedTuning; chosen: ModelChoices } | null> {
    const [tuning, chosen] = await Promise.all([tunings.get(model), choices.get(model)]);
    if (tuning === null) return null;
    const changes = tuning.changes.filter(({ setting, to }) => chosen[setting] === to);
    return changes.length === 0 ? null : { tuning: { ...tuning, changes }, chosen };
  }

  return {
    get state() {
      return state;
    },
    start,
    async stop() {
      current?.stopping.abort();
      await current?.ended;
      return state;
    },
    async apply(runId) {
      if (state.state !== "ended" || state.run.id !== runId || state.proposal === null) {
        throw new WorkbenchError("tune-nothing-to-apply");
      }
      const { run, proposal } = state;
      const model = await library.choose(run.modelId);
      const already = (await inForce(model))?.tuning;
      if (already !== undefined && already.appliedAt >= run.startedAt) return already;
      const chosen = await choices.get(model);
      const previous = Object.fromEntries(proposal.changes.map(({ setting }) => [setting, chosen[setting]]));
      const tuning: AppliedTuning = { ...proposal, appliedAt: Date.now(), previous };
      // First what undoes it: whatever happens in between, nothing is changed that could not be put back.
      await tunings.set(model, tuning);
      await choices.set(model, { ...chosen, ...valuesOf(proposal.changes) });
      options.onChoices();
      return tuning;
    },
    async undo(modelId) {
      const model = await library.choose(modelId);
      const found = await inForce(model);
      if (found === null) throw new WorkbenchError("tune-nothing-to-undo");
      const { changes, previous } = found.tuning;
      const before = changes.map(({ setting }) => ({ setting, to: previous[setting] ?? null }));
      const restored = await choices.set(model, { ...found.chosen, ...valuesOf(before) });
      await tunings.set(model, null);
      options.onChoices();
      return restored;
    },
    applied: async (modelId) => (await inForce(await library.choose(modelId)))?.tuning ?? null,
    async close() {
      current?.stopping.abort();
      await current?.ended;
    },
  };
}

function valuesOf(changes: readonly { setting: string; to: unknown }[]): Partial<ModelChoices> {
  return Object.fromEntries(changes.map(({ setting, to }) => [setting, to])) as Partial<ModelChoices>;
}
