/** Nobody but the person may read, write or enter what the app makes. */
const ours = 0o077;
let usual: number | null = null;

/**
 * From now on all files that this process makes are 0600 and all folders 0700, those of Chromium and SQLite included.
 * To be called before the first of them; a child process inherits it.
 */
export function makePrivateModes(): void {
  if (process.platform !== "win32") usual ??= process.umask(ours);
}

/** Runs what makes files or processes that are the person's own, not the app's, under the person's usual umask. */
export async function withUsualModes<Result>(work: () => Promise<Result>): Promise<Result> {
  if (usual === null) return await work();
  process.umask(usual);
  try {
    return await work();
  } finally {
    process.umask(ours);
  }
}
