import { randomBytes } from "node:crypto";
import type { ComponentRelease } from "../../../electron/workbench/components/ComponentRelease.ts";
import type { HubServer } from "../hub/hubServer.mjs";
import { startHubServer } from "../hub/hubServer.mjs";
import { onTestFinished } from "vitest";
import { madePiece, madeRelease, type MadePiece, servedFiles, writeComponentsFile } from "./madeComponent.ts";

export interface ServedComponent {
  server: HubServer;
  release: ComponentRelease;
  pieces: MadePiece[];
  /** The list that names it. */
  componentsFile: string;
}

/** Serves a component of two packages, with all faults of the scripted hub, until the test ends. */
export async function serveComponent(folder: string, libraryBytes = 20_000_000): Promise<ServedComponent> {
  const files = {
    "package.json": '{"version":"1.0.0"}',
    "dist/index.js": "export {};",
    "bins/lib.so": randomBytes(libraryBytes),
  };
  const pieces = [
    madePiece("made", files),
    madePiece("made-ext", { "bins/fallback/more.so": randomBytes(libraryBytes / 2) }),
  ];
  const server = await startHubServer({ files: servedFiles(pieces) });
  onTestFinished(() => server.close());
  const base = `${server.endpoint}/${server.repo}/resolve/${server.state.commit}`;
  const release = madeRelease(folder, base, pieces);
  return { server, release, pieces, componentsFile: writeComponentsFile(folder, base, pieces) };
}
