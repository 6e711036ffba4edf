import type { MeasurementProblem } from "../../contract/hardware.ts";

/** A speed that cannot be measured here, and why. */
export class NotMeasured extends Error {
  readonly why: MeasurementProblem;

  constructor(why: MeasurementProblem) {
    super(why);
    this.why = why;
  }
}
