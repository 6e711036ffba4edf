import { ExactNumber } from "./ExactNumber.ts";
import { NotComputable } from "./fixedPoint.ts";
import { computeMath, type MathNode, variablesOf } from "./MathNode.ts";
import { mathTokens } from "./mathTokens.ts";
import { type ParsedResult, parseResult, withoutWrapping } from "./parseResult.ts";
import { withDecimalPoint } from "./withDecimalPoint.ts";

/** Points of any value; then whole numbers, where alone `(-1)^n` has a value; then some between -1 and 1. */
const points = { any: 7, whole: 6, inner: 3 };
const longestSpelling = 500;
/** So many points must have a value before two expressions count as the same. */
const leastDefined = 3;
const mostVariables = 12;

/**
 * Returns whether two results of answers say the same: as mathematics where both can be read so, otherwise by their
 * spelling. Expressions with variables are the same if they are at several points, where everything is computed exactly
 * or with 120 digits. What cannot be decided is not equal.
 */
export function equalResults(one: string, other: string): boolean {
  if (one.trim() === other.trim()) return one.trim() !== "";
  return isSpeltAlike(one, other) || sameResult(parseResult(one), parseResult(other)) || isSameDecimal(one, other);
}

/** Whether one of them has a decimal comma and is the value that the other one is. Two with commas may both be lists. */
function isSameDecimal(one: string, other: string): boolean {
  const [first, second] = [withDecimalPoint(one), withDecimalPoint(other)];
  if ((first === null) === (second === null)) return false;
  const [value, decimal] = [parseResult(first === null ? one : other), parseResult(first ?? second ?? "")];
  return value.kind === "value" && decimal.kind === "value" && sameResult(value, decimal);
}

/** Whether two formulas are the same but for spaces and marks. Then they need no value that can be computed. */
function isSpeltAlike(one: string, other: string): boolean {
  if (one.length > longestSpelling || other.length > longestSpelling) return false;
  const tokens = [one, other].map((text) => mathTokens(withoutWrapping(text)));
  const [first, second] = tokens.map((list) => JSON.stringify(list?.map(({ kind, text }) => [kind, text]) ?? null));
  return (tokens[0]?.length ?? 0) > 0 && first === second;
}

function sameResult(one: ParsedResult, other: ParsedResult): boolean {
  if (one.kind === "value" && other.kind === "value")
    return (
      (one.name === null || other.name === null || one.name === other.name) &&
      (one.unit === null || other.unit === null || one.unit === other.unit) &&
      sameValue(one.value, other.value)
    );
  if (one.kind === "list" && other.kind === "list") {
    const kinds = [one.brackets, other.brackets].toSorted();
    // Solutions are often listed without braces.
    if (kinds[0] === "" && kinds[1] === "{}")
      return one.items.length === other.items.length && sameSet(one.items, other.items);
    if (one.brackets !== other.brackets) return false;
    return one.brackets === "{}" ? sameSet(one.items, other.items) : sameInOrder(one.items, other.items);
  }
  if (one.kind === "relation" && other.kind === "relation") return one.sign === other.sign && sameRelation(one, other);
  // `y = 2x + 1` is read as a value with a name, `y - 2x = 1` as a relation.
  if (one.kind === "relation" && other.kind === "value") return sameResult(other, one);
  if (one.kind === "value" && other.kind === "relation") {
    if (one.name === null || other.sign !== "=") return false;
    return sameRelation({ left: { kind: "variable", name: one.name }, right: one.value, sign: "=" }, other);
  }
  return one.kind === "text" && other.kind === "text" && one.text !== "" && one.text === other.text;
}

function sameInOrder(ones: readonly ParsedResult[], others: readonly ParsedResult[]): boolean {
  return (
    ones.length === others.length &&
    ones.every((one, index) => {
      const other = others[index];
      return other !== undefined && sameResult(one, other);
    })
  );
}

function sameSet(ones: readonly ParsedResult[], others: readonly ParsedResult[]): boolean {
  const isIn = (item: ParsedResult, items: readonly ParsedResult[]): boolean =>
    items.some((candidate) => sameResult(item, candidate));
  return ones.every((one) => isIn(one, others)) && others.every((other) => isIn(other, ones));
}

function sameValue(one: MathNode, other: MathNode): boolean {
  return agree([one, other], ([left, right]) => left !== undefined && right !== undefined && left.equals(right));
}

interface Relation {
  sign: string;
  left: MathNode;
  right: MathNode;
}

/** `x + y = 3` and `2y + 2x = 6` say the same: their differences have a constant ratio, positive for inequalities. */
function sameRelation(one: Relation, other: Relation): boolean {
  let ratio: ExactNumber | null = null;
  return agree([one.left, one.right, other.left, other.right], ([a, b, c, d]) => {
    if (a === undefined || b === undefined || c === undefined || d === undefined) return false;
    const [first, second] = [a.add(b.negate()), c.add(d.negate())];
    if (first.isZero || second.isZero) return first.isZero && second.isZero && ratio !== null;
    const here = first.divide(second);
    if (ratio !== null) return ratio.equals(here);
    ratio = here;
    return one.sign === "=" || one.sign === "≠" || !here.isNegative;
  });
}

/** Whether expressions agree at all points where they have values, and have values at the same points. */
function agree(nodes: readonly MathNode[], isSame: (values: ExactNumber[]) => boolean): boolean {
  const variables = [...new Set(nodes.flatMap((node) => [...variablesOf(node)]))];
  if (variables.length > mostVariables) return false;
  let defined = 0;
  for (let point = 0; point < (variables.length === 0 ? 1 : points.any + points.whole + points.inner); point += 1) {
    const valueOf = (name: string): ExactNumber => valueAt(name, point);
    const values = nodes.map((node) => valueOrNull(node, valueOf));
    if (values.every((value) => value === null)) continue;
    try {
      if (!values.every((value) => value !== null) || !isSame(values)) return false;
    } catch (error) {
      if (error instanceof NotComputable) return false;
      throw error;
    }
    defined += 1;
  }
  return defined >= (variables.length === 0 ? 1 : leastDefined);
}

function valueOrNull(node: MathNode, valueOf: (name: string) => ExactNumber): ExactNumber | null {
  try {
    return computeMath(node, valueOf);
  } catch (error) {
    if (error instanceof NotComputable) return null;
    throw error;
  }
}

/** Returns what a variable is at a point: between -9 and 9, and positive at every other point, or as `points` says. */
function valueAt(name: string, point: number): ExactNumber {
  let hash = 2_166_136_261 ^ (point * 7919);
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
  hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507);
  const isWhole = point >= points.any && point < points.any + points.whole;
  if (isWhole) return ExactNumber.of(BigInt(2 + ((hash >>> 1) % 9)));
  if (point >= points.any) return ExactNumber.of(BigInt(1 + ((hash >>> 1) % 9972)), 9973n);
  const value = ExactNumber.of(BigInt(1 + ((hash >>> 1) % 88_897)), 9973n);
  return point % 2 === 0 ? value : value.negate();
}
