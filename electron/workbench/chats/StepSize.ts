/** How long a step should take, in milliseconds, because other requests wait for it. */
const stepMs = 30;

/** How much of something is done in a step of what was put off. Adapted to how long the steps take. */
export class StepSize {
  readonly #least: number;
  readonly #most: number;
  #size: number;

  constructor({ first, least, most }: { first: number; least: number; most: number }) {
    this.#size = first;
    this.#least = least;
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  /** Adapts it to how long a step of this size took, with its commit. It is doubled at most. */
  adapt(tookMs: number): void {
    const faster = Math.min(2, stepMs / tookMs);
    this.#size = Math.round(Math.min(this.#most, Math.max(this.#least, this.#size * faster)));
  }
}
