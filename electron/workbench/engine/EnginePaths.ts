import type { Backend } from "../../contract/engine.ts";

/** The files needed to run an engine. */
export interface EnginePaths {
  /** The Node binary that runs it. */
  nodePath: string;
  /** The built `engine.js`. */
  entry: string;
  /**
   * Resolves with the folder that has a backend's packages, if they are not in the app: they were fetched later. Null if
   * there is none. Never rejects.
   */
  packagesFor?: (backend: Backend) => Promise<string | null>;
}
