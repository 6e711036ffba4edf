import { ExactNumber } from "./ExactNumber.ts";
import type { MathFunction, MathNode } from "./MathNode.ts";
import { type MathToken, mathTokens } from "./mathTokens.ts";

const mostDepth = 40;
const mostTokens = 300;
const longestNumber = 300;

class NotMath extends Error {}

/** Returns the expression that a piece of LaTeX or plain text stands for, or null if it cannot be read as one. */
export function parseMath(text: string): MathNode | null {
  const tokens = mathTokens(text);
  if (tokens === null || tokens.length === 0 || tokens.length > mostTokens) return null;
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (error instanceof NotMath) return null;
    throw error;
  }
}

const whole = (value: bigint): MathNode => ({ kind: "number", value: ExactNumber.of(value) });
const negated = (node: MathNode): MathNode => ({ kind: "multiply", left: whole(-1n), right: node });
const called = (name: MathFunction, argument: MathNode): MathNode => ({ kind: "call", name, argument });
const euler = called("exp", whole(1n));

const functionNames: Record<string, MathFunction> = {
  sin: "sin",
  cos: "cos",
  tan: "tan",
  arcsin: "arcsin",
  arccos: "arccos",
  arctan: "arctan",
  ln: "ln",
  exp: "exp",
};

/** By recursive descent: sums, products (also without a sign), signs, powers, what follows a value, values. */
class Parser {
  readonly #tokens: MathToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly MathToken[]) {
    this.#tokens = [...tokens];
  }

  whole(): MathNode {
    const node = this.#sum();
    if (this.#at < this.#tokens.length) throw new NotMath();
    return node;
  }

  #is(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === "symbol" && token.text === text;
  }

  #take(text: string): boolean {
    const found = this.#is(text);
    if (found) this.#at += 1;
    return found;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw new NotMath();
  }

  #deeper<T>(parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > mostDepth) throw new NotMath();
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  #sum(): MathNode {
    return this.#deeper(() => {
      let left = this.#product();
      for (;;) {
        if (this.#take("+")) left = { kind: "add", left, right: this.#product() };
        else if (this.#take("-")) left = { kind: "add", left, right: negated(this.#product()) };
        else return left;
      }
    });
  }

  #product(): MathNode {
    let left = this.#signed();
    for (;;) {
      if (this.#take("*")) left = { kind: "multiply", left, right: this.#signed() };
      else if (this.#take("/")) left = { kind: "divide", left, right: this.#signed() };
      else if (this.#beginsValue()) left = { kind: "multiply", left, right: this.#power() };
      else return left;
    }
  }

  #signed(): MathNode {
    if (this.#take("-")) return this.#deeper(() => negated(this.#signed()));
    if (this.#take("+")) return this.#deeper(() => this.#signed());
    return this.#power();
  }

  #power(): MathNode {
    const base = this.#followed();
    if (!this.#take("^")) return base;
    if (this.#name("circ")) return inRadians(base);
    const exponent = this.#deeper(() => this.#exponent());
    const node: MathNode = base === euler ? called("exp", exponent) : { kind: "power", left: base, right: exponent };
    return this.#marked(node);
  }

  #exponent(): MathNode {
    if (this.#take("-")) return negated(this.#exponent());
    if (this.#take("{")) return this.#until("}");
    return this.#power();
  }

  #followed(): MathNode {
    return this.#marked(this.#value());
  }

  #marked(value: MathNode): MathNode {
    let node = value;
    for (;;) {
      if (this.#take("!")) node = called("factorial", node);
      else if (this.#take("%")) node = { kind: "divide", left: node, right: whole(100n) };
      else if (this.#take("°") || this.#name("degree")) node = inRadians(node);
      else return node;
    }
  }

  #name(text: string): boolean {
    const token = this.#tokens[this.#at];
    const found = token?.kind === "name" && token.text === text;
    if (found) this.#at += 1;
    return found;
  }

  #until(end: string): MathNode {
    const node = this.#sum();
    this.#expect(end);
    return node;
  }

  #beginsValue(): boolean {
    const token = this.#tokens[this.#at];
    if (token === undefined) return false;
    // Two numbers in a row are no product: what is meant is not known.
    if (token.kind === "number") return this.#tokens[this.#at - 1]?.kind !== "number";
    return token.kind !== "symbol" || ["(", "{", "[", "∞"].includes(token.text);
  }

  #value(): MathNode {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new NotMath();
    this.#at += 1;
    if (token.kind === "number") return this.#mixed(numberOf(token.text));
    if (token.kind === "letter") return token.text === "e" ? euler : this.#variable(token.text);
    if (token.kind === "name") return this.#named(token.text);
    if (token.text === "∞") return { kind: "variable", name: "∞" };
    if (token.text === "(") return this.#until(")");
    if (token.text === "{") return this.#until("}");
    if (token.text === "[") return this.#until("]");
    if (token.text === "|") return called("abs", this.#until("|"));
    throw new NotMath();
  }

  /** `1\frac{1}{2}` and `1 1/2` are one and a half. */
  #mixed(number: MathNode): MathNode {
    const start = this.#at;
    const digits = this.#tokens[start - 1];
    if (digits?.kind !== "number" || digits.text.includes(".")) return number;
    const [top, bottom] = this.#name("frac") ? [this.#wholeArgument(), this.#wholeArgument()] : this.#plainFraction();
    if (top === null || bottom === null || top >= bottom) {
      this.#at = start;
      return number;
    }
    return { kind: "add", left: number, right: { kind: "divide", left: whole(top), right: whole(bottom) } };
  }

  #plainFraction(): [bigint | null, bigint | null] {
    const top = this.#wholeNumber();
    return top !== null && this.#take("/") ? [top, this.#wholeNumber()] : [null, null];
  }

  #wholeNumber(): bigint | null {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "number" || token.text.includes(".") || token.text.length > longestNumber) return null;
    this.#at += 1;
    return BigInt(token.text);
  }

  #wholeArgument(): bigint | null {
    if (!this.#take("{")) return this.#digit();
    const number = this.#wholeNumber();
    return this.#take("}") ? number : null;
  }

  /** Takes one digit of a number: `\frac12` is a half. */
  #digit(): bigint | null {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "number" || !/^\d+$/u.test(token.text)) return null;
    const [digit, rest] = [token.text.slice(0, 1), token.text.slice(1)];
    if (rest !== "") this.#tokens.splice(this.#at, 1, { kind: "number", text: digit }, { kind: "number", text: rest });
    this.#at += 1;
    return BigInt(digit);
  }

  /** What a command applies to: braces, or one digit, letter or name. */
  #argument(): MathNode {
    if (this.#take("{")) return this.#deeper(() => this.#until("}"));
    const digit = this.#digit();
    return digit === null ? this.#deeper(() => this.#value()) : whole(digit);
  }

  #variable(name: string): MathNode {
    return { kind: "variable", name: name + this.#subscript() };
  }

  #subscript(): string {
    if (!this.#take("_")) return "";
    const braced = this.#take("{");
    let name = "_";
    for (let count = 0; count < 10; count += 1) {
      const token = this.#tokens[this.#at];
      if (token === undefined || token.kind === "symbol") break;
      this.#at += 1;
      name += token.text;
      if (!braced) break;
    }
    if (braced) this.#expect("}");
    return name;
  }

  #named(name: string): MathNode {
    const known = functionNames[name];
    if (known !== undefined) return this.#function((argument) => called(known, argument));
    if (name === "log") {
      if (!this.#take("_")) return this.#function((right) => ({ kind: "log", left: whole(10n), right }));
      const left = this.#argument();
      return this.#function((right) => ({ kind: "log", left, right }));
    }
    if (name === "frac") return { kind: "divide", left: this.#argument(), right: this.#argument() };
    if (name === "binom") return binomial(this.#argument(), this.#argument());
    if (name === "sqrt") return this.#root();
    if (name === "pi") return { kind: "pi" };
    if (/^(?:alpha|beta|gamma|delta|theta|lambda|mu|rho|sigma|phi|omega|tau|varphi)$/iu.test(name))
      return this.#variable(`\\${name}`);
    throw new NotMath();
  }

  #root(): MathNode {
    let degree: MathNode = whole(2n);
    if (this.#take("[")) degree = this.#deeper(() => this.#until("]"));
    return { kind: "root", left: this.#argumentOrNumber(), right: degree };
  }

  /** `√8` and `\sqrt 8` stand before all digits in plain text, and before one in LaTeX: `\sqrt12` is written by nobody. */
  #argumentOrNumber(): MathNode {
    const token = this.#tokens[this.#at];
    if (token?.kind !== "number") return this.#argument();
    this.#at += 1;
    return numberOf(token.text);
  }

  #function(make: (argument: MathNode) => MathNode): MathNode {
    const exponent = this.#take("^") ? this.#deeper(() => this.#exponent()) : null;
    const isInverse = exponent?.kind === "multiply";
    if (isInverse) throw new NotMath();
    const argument = this.#deeper(() => this.#functionArgument());
    const node = make(argument);
    return exponent === null ? node : { kind: "power", left: node, right: exponent };
  }

  /** Without parentheses, a function applies to the product that follows: `\sin 2x`. */
  #functionArgument(): MathNode {
    if (this.#is("(") || this.#is("{") || this.#is("[")) return this.#power();
    let left = this.#signed();
    while (this.#beginsValue() && this.#tokens[this.#at]?.kind !== "name" && !this.#is("("))
      left = { kind: "multiply", left, right: this.#power() };
    return left;
  }
}

const inRadians = (degrees: MathNode): MathNode => ({
  kind: "divide",
  left: { kind: "multiply", left: degrees, right: { kind: "pi" } },
  right: whole(180n),
});

function numberOf(text: string): MathNode {
  if (text.length > longestNumber) throw new NotMath();
  return { kind: "number", value: ExactNumber.parse(text) };
}

function binomial(above: MathNode, below: MathNode): MathNode {
  const rest: MathNode = { kind: "add", left: above, right: negated(below) };
  const bottom: MathNode = { kind: "multiply", left: called("factorial", below), right: called("factorial", rest) };
  return { kind: "divide", left: called("factorial", above), right: bottom };
}
