import { readFile } from "node:fs/promises";

/** Resolves with the version in the app's own `package.json`, or "unknown" if it cannot be read. */
export async function appVersion(manifest: string): Promise<string> {
  try {
    const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version?: unknown };
    return typeof version === "string" ? version : "unknown";
  } catch {
    return "unknown";
  }
}
