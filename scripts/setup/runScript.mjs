import { say } from "./say.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/**
 * Runs a command's main function and turns its outcome into the exit code: a number as it is, a SetupProblem
 * into its message and 1. Anything else is a fault of ours: one line, and the stack only with R1_DEBUG=1.
 * @param {() => Promise<number>} main
 */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (error instanceof SetupProblem) say(error.message);
    else {
      say(`Unexpected failure: ${error instanceof Error ? error.message : String(error)}`);
      if (process.env.R1_DEBUG === "1" && error instanceof Error) say(String(error.stack));
    }
    process.exitCode = 1;
  }
}
