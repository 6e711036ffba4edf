import { readFile } from "node:fs/promises";

/** The version in the app's own `package.json`; "unknown" when it cannot be read. */
export async function appVersion(manifest: string): Promise<string> {
  try {
    const { version } = JSON.parse(await readFile(manifest, "utf8")) as { version?: unknown };
    return typeof version === "string" ? version : "unknown";
  } catch {
    return "unknown";
  }
}
