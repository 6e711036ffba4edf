/** A benchmark or a tuning that a command starts, follows and stops. */
export interface FollowedJob<State> {
  /** Resolves once it has begun. */
  start: () => Promise<unknown>;
  stop: () => Promise<unknown>;
  /** Sets who hears of each state. */
  follow: (hear: (state: State) => void) => void;
  /** Shows a state that is not the last one. */
  show: (state: State) => void;
  cancelling: AbortSignal;
}

/** Starts a job, shows its states and resolves with the last one. It is stopped when the command is cancelled. */
export function untilEnded<State extends { state: string }>(
  job: FollowedJob<State>,
): Promise<Extract<State, { state: "ended" }>> {
  const { start, stop, follow, show, cancelling } = job;
  return new Promise((resolve, reject) => {
    follow((state) => {
      show(state);
      if (state.state === "ended") resolve(state as Extract<State, { state: "ended" }>);
    });
    start().then(() => {
      const end = (): void => void stop().catch(reject);
      if (cancelling.aborted) end();
      cancelling.addEventListener("abort", end, { once: true });
    }, reject);
  });
}
