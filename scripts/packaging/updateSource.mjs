/**
 * Returns what the build writes into the app: where it looks for newer versions, from the environment
 * (docs/releasing.md). Null if it looks nowhere.
 */
export function updateSource() {
  const { R1_UPDATE_URL: url, R1_UPDATE_KEY: key, R1_UPDATE_PUBLISHER: publisher } = process.env;
  return url && key ? { url, key, publisher: publisher || null } : null;
}
