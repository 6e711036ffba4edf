import { ExactNumber } from "./ExactNumber.ts";
import { NotComputable } from "./fixedPoint.ts";

export type MathFunction = "sin" | "cos" | "tan" | "arcsin" | "arccos" | "arctan" | "ln" | "exp" | "abs" | "factorial";

/** An expression. Whatever is not a known name is a variable, also ∞ and i. */
export type MathNode =
  | { kind: "number"; value: ExactNumber }
  | { kind: "pi" }
  | { kind: "variable"; name: string }
  | { kind: "add" | "multiply" | "divide" | "power" | "root" | "log"; left: MathNode; right: MathNode }
  | { kind: "call"; name: MathFunction; argument: MathNode };

/** Returns the names of the variables in an expression. */
export function variablesOf(node: MathNode): Set<string> {
  if (node.kind === "variable") return new Set([node.name]);
  if (node.kind === "call") return variablesOf(node.argument);
  if (node.kind === "number" || node.kind === "pi") return new Set();
  return new Set([...variablesOf(node.left), ...variablesOf(node.right)]);
}

/**
 * Returns the value of an expression. Throws `NotComputable` where it has none; `valueOf` gives the values of variables.
 */
export function computeMath(node: MathNode, valueOf: (variable: string) => ExactNumber): ExactNumber {
  if (node.kind === "number") return node.value;
  if (node.kind === "pi") return ExactNumber.pi;
  if (node.kind === "variable") return valueOf(node.name);
  if (node.kind === "call") return callOf(node.name, computeMath(node.argument, valueOf));
  const left = computeMath(node.left, valueOf);
  const right = computeMath(node.right, valueOf);
  switch (node.kind) {
    case "add":
      return left.add(right);
    case "multiply":
      return left.multiply(right);
    case "divide":
      return left.divide(right);
    case "power":
      return left.power(right);
    case "log":
      return right.ln().divide(left.ln());
    case "root": {
      const degree = right.whole;
      if (degree === null) throw new NotComputable("root");
      return left.root(degree);
    }
  }
}

function callOf(name: MathFunction, value: ExactNumber): ExactNumber {
  if (name === "tan") return value.sin().divide(value.cos());
  if (name === "arccos") return ExactNumber.pi.divide(ExactNumber.of(2n)).add(value.arcsin().negate());
  if (name === "abs") return value.isNegative ? value.negate() : value;
  return value[name]();
}
