/** The files needed to run an engine. */
export interface EnginePaths {
  /** The Node binary that runs it. */
  nodePath: string;
  /** The built `engine.js`. */
  entry: string;
}
