/** A failure that the user can act on. Its message is printed without a stack. */
export class SetupProblem extends Error {
  /** @param {string} message what happened and what to do, in whole sentences */
  constructor(message) {
    super(message);
    this.name = "SetupProblem";
  }
}
