import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../setup/paths.mjs";
import { noticesFile, thirdPartyNotices } from "./thirdPartyNotices.mjs";

/**
 * Makes the last changes before the package is archived and signed.
 * @param {{ appOutDir: string }} context
 */
export default async function afterPack({ appOutDir }) {
  // electron-builder copies a given Electron folder unchanged. An app contains neither Electron's default app nor our
  // set-up's notes.
  await rm(join(appOutDir, "resources", "default_app.asar"), { force: true });
  await rm(join(appOutDir, "manifest.json"), { force: true });
  const unpacked = join(appOutDir, "resources", "app.asar.unpacked");
  if (process.env.R1_PACKAGE_CUDA === "1") await addCuda(unpacked);
  await writeFile(join(appOutDir, noticesFile), await thirdPartyNotices(unpacked));
}

/**
 * The engine runs on plain Node and finds these files by their location, so the archive needs no entries for them.
 * @param {string} unpacked
 */
async function addCuda(unpacked) {
  for (const name of ["linux-x64-cuda", "linux-x64-cuda-ext"]) {
    const folder = join("node_modules", "@node-llama-cpp", name);
    await cp(join(root, folder), join(unpacked, folder), { recursive: true });
  }
}
