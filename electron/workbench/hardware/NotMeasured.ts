import type { MeasurementProblem } from "../../contract/hardware.ts";

/** Thrown if a speed cannot be measured here, with the reason. */
export class NotMeasured extends Error {
  readonly why: MeasurementProblem;

  constructor(why: MeasurementProblem) {
    super(why);
    this.why = why;
  }
}
