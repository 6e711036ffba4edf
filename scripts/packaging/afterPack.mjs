import { rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * electron-builder copies a given Electron folder as it is; an app carries neither Electron's default app nor
 * the notes of our own set-up.
 * @param {{ appOutDir: string }} context
 */
export default async function afterPack({ appOutDir }) {
  await rm(join(appOutDir, "resources", "default_app.asar"), { force: true });
  await rm(join(appOutDir, "manifest.json"), { force: true });
}
