// `node scripts/release/notes.mjs`: prints what CHANGELOG.md says about this version, for the page of the release.
import { runScript } from "../setup/runScript.mjs";
import { thisVersion } from "./changelog.mjs";

await runScript(async () => {
  console.log((await thisVersion()).notes);
  return 0;
});
