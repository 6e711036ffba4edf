/** Digits after the point. Far more than what comparing needs, because errors add up. */
const digits = 120n;
const one = 10n ** digits;
/** About 10^30, and what is left of 60 digits: beyond, nothing can be said about two results. */
const largest = one * 10n ** 30n;
const smallest = 10n ** 90n;
const noise = 10n ** 60n;

export class NotComputable extends Error {}

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/** Throws `NotComputable` for a value so large or so small that its digits say too little; rounding errors become 0. */
function kept(value: bigint): bigint {
  const size = abs(value);
  if (size > largest) throw new NotComputable("too large");
  if (size < noise) return 0n;
  if (size < smallest) throw new NotComputable("too small");
  return value;
}

const multiply = (left: bigint, right: bigint): bigint => kept((left * right) / one);

function divide(left: bigint, right: bigint): bigint {
  if (right === 0n) throw new NotComputable("division by zero");
  return kept((left * one) / right);
}

/** Returns the whole part of the n-th root, by Newton's method from above. */
function wholeRoot(value: bigint, n: bigint): bigint {
  if (value < 2n) return value;
  let root = 1n << (BigInt(value.toString(2).length) / n + 1n);
  for (;;) {
    const next = ((n - 1n) * root + value / root ** (n - 1n)) / n;
    if (next >= root) return root;
    root = next;
  }
}

/** `value` is not negative. */
const root = (value: bigint, n: bigint): bigint => kept(wholeRoot(value * one ** (n - 1n), n));

function arctanOfInverse(x: bigint): bigint {
  let power = one / x;
  let sum = power;
  for (let n = 3n, sign = -1n; power !== 0n; n += 2n, sign = -sign) {
    power /= x * x;
    sum += (sign * power) / n;
  }
  return sum;
}

const pi = 4n * (4n * arctanOfInverse(5n) - arctanOfInverse(239n));

function exp(value: bigint): bigint {
  if (abs(value) > 70n * one) throw new NotComputable("too large");
  const halvings = 20n;
  const small = value >> halvings;
  let term = one;
  let sum = one;
  for (let n = 1n; term !== 0n && n < 200n; n += 1n) {
    term = (term * small) / one / n;
    if (term === -1n) break;
    sum += term;
  }
  for (let n = 0n; n < halvings; n += 1n) sum = (sum * sum) / one;
  return kept(sum);
}

function ln(value: bigint): bigint {
  if (value <= 0n) throw new NotComputable("logarithm of what is not positive");
  let reduced = value;
  let roots = 0n;
  // Roots bring it near 1, where the series of artanh converges fast.
  while (abs(reduced - one) > one / 8n) {
    reduced = wholeRoot(reduced * one, 2n);
    roots += 1n;
  }
  const ratio = ((reduced - one) * one) / (reduced + one);
  const square = (ratio * ratio) / one;
  let power = ratio;
  let sum = 0n;
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    sum += power / n;
    power = (power * square) / one;
  }
  return kept((2n * sum) << roots);
}

function sin(value: bigint): bigint {
  let rest = value % (2n * pi);
  if (rest > pi) rest -= 2n * pi;
  if (rest < -pi) rest += 2n * pi;
  let term = rest;
  let sum = rest;
  const square = (rest * rest) / one;
  for (let n = 2n; term !== 0n && n < 400n; n += 2n) {
    term = (-term * square) / one / (n * (n + 1n));
    sum += term;
  }
  return kept(sum);
}

function arctan(value: bigint): bigint {
  if (value < 0n) return -arctan(-value);
  if (value > one) return pi / 2n - arctan((one * one) / value);
  let reduced = value;
  // tan(x/2) twice makes it small enough for the series.
  for (let n = 0; n < 3; n += 1) {
    const hypotenuse = wholeRoot(one * one + reduced * reduced, 2n);
    reduced = (reduced * one) / (one + hypotenuse);
  }
  const square = (reduced * reduced) / one;
  let power = reduced;
  let sum = 0n;
  for (let n = 1n, sign = 1n; power !== 0n; n += 2n, sign = -sign) {
    sum += (sign * power) / n;
    power = (power * square) / one;
  }
  return kept(sum * 8n);
}

/**
 * Irrational numbers as whole multiples of 10^-120. Every function throws `NotComputable` where it is not defined or
 * where the result is too large or too small for this.
 */
export const fixedPoint = {
  one,
  pi,
  /** Two values that differ by less are the same. */
  tolerance: noise,
  kept,
  multiply,
  divide,
  root,
  exp,
  ln,
  sin,
  arctan,
};
