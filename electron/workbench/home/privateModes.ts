/** Masks all permissions of group and others. */
const ours = 0o077;
let usual: number | null = null;

/**
 * Makes all files that this process creates from now on 0600 and all folders 0700, including Chromium's and SQLite's.
 * Call it before the first file is created. Child processes inherit it.
 */
export function makePrivateModes(): void {
  if (process.platform !== "win32") usual ??= process.umask(ours);
}

/** Runs `work` with the user's usual umask, for files and processes that are the user's and not the app's. */
export async function withUsualModes<Result>(work: () => Promise<Result>): Promise<Result> {
  if (usual === null) return await work();
  process.umask(usual);
  try {
    return await work();
  } finally {
    process.umask(ours);
  }
}

/**
 * Returns the mode of new files that are the user's and not the app's, for threads that cannot change the umask. Null:
 * the process has the user's own umask.
 */
export const usualFileMode = (): number | null => (usual === null ? null : 0o666 & ~usual);
