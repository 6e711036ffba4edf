// `node scripts/release/checksums.mjs FOLDER`: writes SHA256SUMS, which `sha256sum --check` reads, for the files in it.
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hashFile } from "../setup/hashFile.mjs";
import { runScript } from "../setup/runScript.mjs";
import { SetupProblem } from "../setup/SetupProblem.mjs";

const listName = "SHA256SUMS";

await runScript(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new SetupProblem("Usage: node scripts/release/checksums.mjs FOLDER");
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && entry.name !== listName).map(({ name }) => name);
  if (names.length === 0) throw new SetupProblem(`There are no files in ${folder}.`);
  let list = "";
  for (const name of names.sort()) list += `${await hashFile(join(folder, name), "sha256", "hex")}  ${name}\n`;
  await writeFile(join(folder, listName), list);
  console.log(list.trimEnd());
  return 0;
});
