// `node scripts/release/describeRelease.mjs FOLDER`: writes update.json, which apps ask for (electron/workbench/updates):
// the version, the text of CHANGELOG.md, and the packages in the folder with their sizes and hashes. It is signed with
// R1_UPDATE_SIGNING_KEY, and the signature is checked with R1_UPDATE_KEY, which the apps have.
import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hashFile } from "../setup/hashFile.mjs";
import { runScript } from "../setup/runScript.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";
import { thisVersion } from "./changelog.mjs";
import { packageOf } from "./releaseFiles.mjs";

/** In characters; the apps refuse more. */
const mostNotes = 20_000;

await runScript(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new SetupProblem("Usage: node scripts/release/describeRelease.mjs FOLDER");
  const entry = await thisVersion();
  const { version } = entry;
  if (entry.notes.length > mostNotes) throw new SetupProblem(`The text for ${version} in CHANGELOG.md is too long.`);
  const files = [];
  for (const name of (await readdir(folder)).sort()) {
    const found = packageOf(name);
    if (found === null) continue;
    const path = join(folder, name);
    files.push({ name, ...found, sizeBytes: (await stat(path)).size, sha512: await hashFile(path, "sha512", "hex") });
  }
  if (files.length === 0) throw new SetupProblem(`There are no packages in ${folder}.`);
  const document = JSON.stringify({ product: "r1-workbench", ...entry, files });
  await writeFile(join(folder, "update.json"), `${JSON.stringify({ document, signature: signatureOf(document) })}\n`);
  console.log(`Described ${version} with ${files.length} packages.`);
  return 0;
});

/** @param {string} document */
function signatureOf(document) {
  const der = (/** @type {string} */ name) => Buffer.from(process.env[name] ?? "", "base64");
  try {
    const key = createPrivateKey({ key: der("R1_UPDATE_SIGNING_KEY"), format: "der", type: "pkcs8" });
    const known = createPublicKey({ key: der("R1_UPDATE_KEY"), format: "der", type: "spki" });
    const signature = sign(null, Buffer.from(document), key);
    if (verify(null, Buffer.from(document), known, signature)) return signature.toString("base64");
  } catch {
    throw new SetupProblem("R1_UPDATE_SIGNING_KEY and R1_UPDATE_KEY must be keys from scripts/release/updateKey.mjs.");
  }
  throw new SetupProblem("R1_UPDATE_SIGNING_KEY and R1_UPDATE_KEY are not a pair: no app would accept this release.");
}
