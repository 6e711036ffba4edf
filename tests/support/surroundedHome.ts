import { mkdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Creates a home surrounded by files that nothing may change. */
export function surroundedHome(folder: string): { home: string; outside: string; modelsFolder: string } {
  const home = join(folder, "user", "home");
  const outside = join(folder, "outside");
  for (const each of [home, outside, join(folder, "owner", "model-GGUF"), join(folder, "user", "owner")]) {
    mkdirSync(each, { recursive: true });
    writeFileSync(join(each, "canary.gguf"), `Do not touch ${relative(folder, each)}.`);
  }
  const modelsFolder = join(home, "models");
  mkdirSync(modelsFolder);
  return { home, outside, modelsFolder };
}
