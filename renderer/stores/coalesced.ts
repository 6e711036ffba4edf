/**
 * Wraps `work` so that at most one is under way: calls meanwhile ask for exactly one more afterwards.
 * The promise settles when no further work is wanted, and rejects if the last work failed.
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
