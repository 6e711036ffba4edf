import { cp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Arch } from "electron-builder";
import { command } from "../setup/command.mjs";
import { root } from "../setup/paths.mjs";
import { assertContents } from "./assertContents.mjs";
import { noticesFile, thirdPartyNotices } from "./thirdPartyNotices.mjs";

/**
 * Makes the last changes before the package is archived and signed, and checks what is in it.
 * @param {import("electron-builder").AfterPackContext} context
 */
export default async function afterPack({ appOutDir, arch, electronPlatformName, packager }) {
  const target = `${electronPlatformName}-${Arch[arch]}`;
  const resources = packager.getResourcesDir(appOutDir);
  // electron-builder copies a given Electron folder unchanged. An app contains neither Electron's default app nor our
  // set-up's notes.
  await rm(join(resources, "default_app.asar"), { force: true });
  await rm(join(appOutDir, "manifest.json"), { force: true });
  const unpacked = join(resources, "app.asar.unpacked");
  if (process.env.R1_PACKAGE_CUDA === "1") await addCuda(unpacked);
  // A macOS bundle has its own place for files.
  const noticesFolder = electronPlatformName === "darwin" ? resources : appOutDir;
  await writeFile(join(noticesFolder, noticesFile), await thirdPartyNotices(unpacked, target));
  if (electronPlatformName === "linux") await stripNode(join(resources, "node", "node"));
  await assertContents(appOutDir, target);
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

/**
 * Removes the symbols that only a debugger needs, 18 MB. Left as it is where `strip` is missing or is for another
 * processor.
 * @param {string} node
 */
async function stripNode(node) {
  const stripped = `${node}.stripped`;
  const { code } = await command("strip", ["-o", stripped, node]);
  if (code === 0) await cp(stripped, node);
  await rm(stripped, { force: true });
}
