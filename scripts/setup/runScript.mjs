import { say } from "./say.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/**
 * Runs a command's main function and turns the outcome into an exit code. A number is used as it is; a SetupProblem
 * prints its message and gives 1. Any other error is a bug: it prints one line, and the stack only with R1_DEBUG=1.
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
