/**
 * Prints a line for the user. It goes to stderr, because stdout is for the command's result.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
