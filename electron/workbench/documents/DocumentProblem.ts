import type { DocumentCase } from "../../contract/errors.ts";

/** Thrown while a document is read, in the process that reads it. */
export class DocumentProblem extends Error {
  readonly case: DocumentCase;

  constructor(reason: DocumentCase) {
    super(reason);
    this.case = reason;
  }
}
