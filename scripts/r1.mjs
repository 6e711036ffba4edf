// `npm run -s r1 -- …`: runs the r1 command from a clone, after any missing set-up. Only r1 writes to stdout.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ensureBuilt } from "./setup/built.mjs";
import { ensureDependencies } from "./setup/dependencies.mjs";
import { requireNodeVersion } from "./setup/nodeVersion.mjs";
import { root } from "./setup/paths.mjs";
import { runScript } from "./setup/runScript.mjs";

let isReady = false;
await runScript(async () => {
  requireNodeVersion();
  await ensureDependencies();
  await ensureBuilt();
  isReady = true;
  return 0;
});

if (isReady) {
  // npm changes to the package's folder, but file names are relative to the user's working folder.
  if (process.env.npm_lifecycle_event === "r1" && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
  const entry = join(root, "out", "cli", "r1.js");
  process.argv[1] = entry;
  await import(pathToFileURL(entry).href);
}
