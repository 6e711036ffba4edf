/**
 * One line for the person in front of the terminal. On stderr, because stdout belongs to the command's result.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
