import { fixedPoint, NotComputable } from "./fixedPoint.ts";

/** Longer numbers are not computed: `9^{9^9}` must cost nothing. */
const mostBits = 4096;
const largestFactorial = 300n;

const bitsOf = (value: bigint): number => value.toString(16).length * 4;
const abs = (value: bigint): bigint => (value < 0n ? -value : value);

function commonDivisor(left: bigint, right: bigint): bigint {
  let [a, b] = [abs(left), abs(right)];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/**
 * A real number: a fraction of whole numbers as long as that is exact, otherwise 120 digits. Methods throw
 * `NotComputable` where the result is not defined or too large.
 */
export class ExactNumber {
  static readonly pi = new ExactNumber(null, fixedPoint.pi);
  readonly #fraction: { top: bigint; bottom: bigint } | null;
  readonly #scaled: bigint;

  constructor(fraction: { top: bigint; bottom: bigint } | null, scaled: bigint) {
    this.#fraction = fraction;
    this.#scaled = scaled;
  }

  static of(top: bigint, bottom = 1n): ExactNumber {
    if (bottom === 0n) throw new NotComputable("division by zero");
    if (bitsOf(top) > mostBits || bitsOf(bottom) > mostBits) throw new NotComputable("too long");
    const divisor = commonDivisor(top, bottom) * (bottom < 0n ? -1n : 1n);
    return new ExactNumber({ top: top / divisor, bottom: bottom / divisor }, 0n);
  }

  /** Reads digits with at most one point. */
  static parse(digits: string): ExactNumber {
    const [whole = "", part = ""] = digits.split(".");
    return ExactNumber.of(BigInt(whole + part || "0"), 10n ** BigInt(part.length));
  }

  get isZero(): boolean {
    return this.#fraction === null ? this.#scaled === 0n : this.#fraction.top === 0n;
  }

  get isNegative(): boolean {
    return this.#fraction === null ? this.#scaled < 0n : this.#fraction.top < 0n;
  }

  /** The whole number that it is, or null. */
  get whole(): bigint | null {
    return this.#fraction?.bottom === 1n ? this.#fraction.top : null;
  }

  equals(other: ExactNumber): boolean {
    if (this.#fraction !== null && other.#fraction !== null)
      return this.#fraction.top === other.#fraction.top && this.#fraction.bottom === other.#fraction.bottom;
    return abs(this.#asScaled() - other.#asScaled()) < fixedPoint.tolerance;
  }

  add(other: ExactNumber): ExactNumber {
    const [a, b] = [this.#fraction, other.#fraction];
    if (a !== null && b !== null) return ExactNumber.of(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
    return scaled(this.#asScaled() + other.#asScaled());
  }

  negate(): ExactNumber {
    if (this.#fraction !== null) return ExactNumber.of(-this.#fraction.top, this.#fraction.bottom);
    return scaled(-this.#scaled);
  }

  multiply(other: ExactNumber): ExactNumber {
    const [a, b] = [this.#fraction, other.#fraction];
    if (a !== null && b !== null) return ExactNumber.of(a.top * b.top, a.bottom * b.bottom);
    return scaled(fixedPoint.multiply(this.#asScaled(), other.#asScaled()));
  }

  divide(other: ExactNumber): ExactNumber {
    const [a, b] = [this.#fraction, other.#fraction];
    if (a !== null && b !== null) return ExactNumber.of(a.top * b.bottom, a.bottom * b.top);
    return scaled(fixedPoint.divide(this.#asScaled(), other.#asScaled()));
  }

  power(exponent: ExactNumber): ExactNumber {
    const whole = exponent.whole;
    if (whole !== null) return this.#wholePower(whole);
    if (this.isZero && !exponent.isNegative) return this;
    const fraction = exponent.#fraction;
    // An odd root of a negative number is the real one.
    if (fraction !== null && fraction.bottom <= 12n) return this.root(fraction.bottom).#wholePower(fraction.top);
    return scaled(fixedPoint.exp(fixedPoint.multiply(exponent.#asScaled(), fixedPoint.ln(this.#asScaled()))));
  }

  root(n: bigint): ExactNumber {
    if (n < 1n || n > 12n) throw new NotComputable("root");
    if (this.isNegative) {
      if (n % 2n === 0n) throw new NotComputable("even root of a negative number");
      return this.negate().root(n).negate();
    }
    if (this.#fraction !== null) {
      const { top, bottom } = this.#fraction;
      const [a, b] = [exactRoot(top, n), exactRoot(bottom, n)];
      if (a !== null && b !== null) return ExactNumber.of(a, b);
    }
    return scaled(fixedPoint.root(this.#asScaled(), n));
  }

  exp(): ExactNumber {
    return this.isZero ? ExactNumber.of(1n) : scaled(fixedPoint.exp(this.#asScaled()));
  }

  ln(): ExactNumber {
    return scaled(fixedPoint.ln(this.#asScaled()));
  }

  sin(): ExactNumber {
    return scaled(fixedPoint.sin(this.#asScaled()));
  }

  cos(): ExactNumber {
    return scaled(fixedPoint.sin(this.#asScaled() + fixedPoint.pi / 2n));
  }

  arctan(): ExactNumber {
    return scaled(fixedPoint.arctan(this.#asScaled()));
  }

  arcsin(): ExactNumber {
    const one = ExactNumber.of(1n);
    const leg = one.add(this.multiply(this).negate()).root(2n);
    if (leg.isZero) return (this.isNegative ? ExactNumber.pi.negate() : ExactNumber.pi).divide(ExactNumber.of(2n));
    return this.divide(leg).arctan();
  }

  factorial(): ExactNumber {
    const { whole } = this;
    if (whole === null || whole < 0n || whole > largestFactorial) throw new NotComputable("factorial");
    let product = 1n;
    for (let n = 2n; n <= whole; n += 1n) product *= n;
    return ExactNumber.of(product);
  }

  #wholePower(exponent: bigint): ExactNumber {
    if (exponent < 0n) return ExactNumber.of(1n).divide(this.#wholePower(-exponent));
    if (this.isZero && exponent === 0n) throw new NotComputable("0^0");
    if (this.#fraction !== null) {
      const { top, bottom } = this.#fraction;
      if (abs(top) <= 1n && bottom === 1n) return ExactNumber.of(exponent % 2n === 0n ? top * top : top);
      const bits = BigInt(Math.max(bitsOf(top), bitsOf(bottom)) - 3);
      if (bits * exponent > BigInt(mostBits)) throw new NotComputable("too long");
      return ExactNumber.of(top ** exponent, bottom ** exponent);
    }
    if (exponent > 1000n) throw new NotComputable("too large");
    let result = fixedPoint.one;
    for (let n = 0n; n < exponent; n += 1n) result = fixedPoint.multiply(result, this.#scaled);
    return scaled(result);
  }

  #asScaled(): bigint {
    if (this.#fraction === null) return this.#scaled;
    const { top, bottom } = this.#fraction;
    if (top === 0n) return 0n;
    const value = (top * fixedPoint.one) / bottom;
    // Exact and tiny is not zero, so nothing may be said of it by digits.
    if (abs(value) < fixedPoint.tolerance) throw new NotComputable("too small");
    return fixedPoint.kept(value);
  }
}

function scaled(value: bigint): ExactNumber {
  return new ExactNumber(null, fixedPoint.kept(value));
}

function exactRoot(value: bigint, n: bigint): bigint | null {
  if (value === 0n) return 0n;
  // Longer ones are infinite as floating-point numbers.
  if (bitsOf(value) > 900) return null;
  let root = BigInt(Math.round(Number(value) ** (1 / Number(n))));
  for (let tried = 0; tried < 200; tried += 1) {
    const next = ((n - 1n) * root + value / root ** (n - 1n)) / n;
    if (abs(next - root) <= 1n) {
      for (const candidate of [next, root, next + 1n]) if (candidate ** n === value) return candidate;
      return null;
    }
    root = next;
  }
  return null;
}
