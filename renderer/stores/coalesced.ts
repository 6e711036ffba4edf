/**
 * Wraps `work` so that it never runs twice at the same time: any number of calls during a run cause one more run after
 * it. The promise settles when no more runs are due, and rejects if the last run failed.
 */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;

  async function workUntilCurrent(): Promise<void> {
    try {
      do {
        again = false;
        await work();
      } while (again);
    } finally {
      running = null;
    }
  }

  return () => {
    if (running) again = true;
    else running = workUntilCurrent();
    return running;
  };
}
