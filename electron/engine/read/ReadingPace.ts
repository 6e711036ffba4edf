/** Fewer tokens at a time cost much more each: 12 take as long as 16 do. */
const step = 16;
/** A slice that took longer is followed by a shorter one, in milliseconds. */
const mostMs = 600;
/** A slice may grow up to this prediction. It takes less, because each token of a longer slice costs less. */
const growToMs = 650;

/**
 * Decides how many tokens are read at a time, so that reading stops within about half a second and still costs hardly
 * more than reading in whole batches. Learns the model's speed from each slice.
 */
export class ReadingPace {
  #length = step;

  /** Returns the number of tokens to read next: a multiple of 16 except for the last ones, at most `batchSize`. */
  next(left: number, batchSize: number): number {
    const length = Math.min(this.#length, batchSize < step ? batchSize : wholeSteps(batchSize));
    if (left <= length) return left;
    // Otherwise, the last slice would have fewer than 16 tokens.
    return left - length < step && length > step ? length - step : length;
  }

  /** Call after a slice was read. */
  took(tokens: number, ms: number): void {
    if (tokens < step) return;
    if (ms > mostMs) this.#length = Math.max(step, wholeSteps((mostMs * tokens) / ms));
    else this.#length = Math.max(this.#length, ms > 0 ? wholeSteps((growToMs * tokens) / ms) : tokens);
  }
}

function wholeSteps(tokens: number): number {
  return Math.floor(tokens / step) * step;
}
