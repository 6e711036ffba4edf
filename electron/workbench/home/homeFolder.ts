import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** Electron names its userData folder after this. The terminal must find the same folder. */
export const productName = "R1 Workbench";

/**
 * Returns the only folder that the app writes to: `R1_WORKBENCH_HOME`, or else the folder that Electron's
 * `app.getPath("userData")` returns for this product. The folder need not exist yet.
 */
export function homeFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = environment["R1_WORKBENCH_HOME"];
  if (chosen !== undefined && chosen !== "") return resolve(chosen);
  return join(configFolder(environment, platform), productName);
}

function configFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === "darwin") return join(homedir(), "Library", "Application Support");
  if (platform === "win32") return environment["APPDATA"] || join(homedir(), "AppData", "Roaming");
  return environment["XDG_CONFIG_HOME"] || join(homedir(), ".config");
}
