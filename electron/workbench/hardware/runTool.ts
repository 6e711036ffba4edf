import { childEnvironment } from "../children/childEnvironment.ts";
import { runChild } from "../children/runChild.ts";

/** Runs a program of the system and resolves with its stdout. Replaced in tests. */
export type RunTool = (program: string, args: string[]) => Promise<string | null>;

/** Resolves with null if the program is missing, fails or takes longer than 3 s. */
export const runTool: RunTool = async (program, args) => {
  const options = { env: childEnvironment(process.env), limitMs: 3000, maxBytes: 1_000_000 };
  const { stdout, code } = await runChild(program, args, options);
  return code === 0 ? stdout : null;
};
