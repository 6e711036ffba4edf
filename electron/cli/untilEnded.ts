import type { Signal } from "../workbench/Signal.ts";
import type { CommandRun } from "./CommandRun.ts";
import { StepLines } from "./StepLines.ts";

/** A benchmark or a tuning that a command starts, follows and stops. */
export interface FollowedJob<State> {
  states: Signal<State>;
  /** Resolves once it has begun. */
  start: () => Promise<unknown>;
  stop: () => Promise<unknown>;
  /** Returns the line that shows a state. Empty: there is nothing to show. */
  line: (state: State) => string;
}

/** Starts a job, shows its states and resolves with the last one. It is stopped when the command is cancelled. */
export function untilEnded<State extends { state: string }>(
  { states, start, stop, line }: FollowedJob<State>,
  { terminal, cancelling }: CommandRun,
): Promise<Extract<State, { state: "ended" }>> {
  const steps = new StepLines(terminal, !terminal.json);
  return new Promise<Extract<State, { state: "ended" }>>((resolve, reject) => {
    states.on((state) => {
      steps.show(line(state));
      if (state.state === "ended") resolve(state as Extract<State, { state: "ended" }>);
    });
    start().then(() => {
      const end = (): void => void stop().catch(reject);
      if (cancelling.aborted) end();
      cancelling.addEventListener("abort", end, { once: true });
    }, reject);
  }).finally(() => steps.end());
}
