/** A failure that a person can act on: its message is printed as it is, without a stack. */
export class SetupProblem extends Error {
  /** @param {string} message what happened and what to do, in whole sentences */
  constructor(message) {
    super(message);
    this.name = "SetupProblem";
  }
}
