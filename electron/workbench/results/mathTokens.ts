export type MathToken =
  | { kind: "number"; text: string }
  /** A LaTeX command or a function's name, without its backslash. */
  | { kind: "name"; text: string }
  | { kind: "letter"; text: string }
  | { kind: "symbol"; text: string };

const functions = ["arcsin", "arccos", "arctan", "sqrt", "sin", "cos", "tan", "log", "exp", "ln", "pi"];
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const fractions: Record<string, string> = { "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅛": "1/8" };
const dropped = new Set(["left", "right", "displaystyle", "limits", "big", "Big", "bigl", "bigr", "quad", "qquad"]);
const sameName: Record<string, string> = {
  dfrac: "frac",
  tfrac: "frac",
  cfrac: "frac",
  dbinom: "binom",
  tbinom: "binom",
};
const sameSymbol: Record<string, string> = {
  cdot: "*",
  times: "*",
  ast: "*",
  div: "/",
  lvert: "|",
  rvert: "|",
  vert: "|",
  infty: "∞",
  lbrace: "{",
  rbrace: "}",
};
const symbolsAs: Record<string, string> = {
  "×": "*",
  "·": "*",
  "⋅": "*",
  "∗": "*",
  "÷": "/",
  "−": "-",
  "–": "-",
  "∕": "/",
};
/** A longer run of letters is a word and not a product. */
const longestProduct = 3;

/** Returns the tokens of an expression, or null if something in it cannot be mathematics. */
export function mathTokens(text: string): MathToken[] | null {
  const tokens: MathToken[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  while (at < text.length) {
    const number = match(
      /[1-9]\d{0,2}(?:(?:,|\{,\}|\\,|\\;|\\ |[ \u{a0}\u{202f}])\d{3})+(?!\d)(?:\.\d+)?|\d+\{,\}\d+|\d+(?:\.\d*)?|\.\d+/uy,
    );
    if (number !== null) {
      at += number.length;
      tokens.push({ kind: "number", text: digitsOf(number) });
      continue;
    }
    const space = match(/(?:\s|\\[,;:! ]|~)+/uy);
    if (space !== null) {
      at += space.length;
      continue;
    }
    const command = match(/\\(?:[a-z]+|[{}%$|])/iuy);
    if (command !== null) {
      at += command.length;
      const name = command.slice(1);
      if (dropped.has(name)) continue;
      if (name === "%") tokens.push({ kind: "symbol", text: "%" });
      else if (/^[{}|$]$/u.test(name)) return null;
      else if (sameSymbol[name] !== undefined) tokens.push({ kind: "symbol", text: sameSymbol[name] });
      else tokens.push({ kind: "name", text: sameName[name] ?? name });
      continue;
    }
    const letters = match(/[a-z]+/iuy);
    if (letters !== null) {
      at += letters.length;
      const known = functions.find((name) => name === letters);
      if (known !== undefined) tokens.push({ kind: "name", text: known });
      else if (letters.length > longestProduct) return null;
      else for (const letter of letters) tokens.push({ kind: "letter", text: letter });
      continue;
    }
    const raised = match(/[⁰¹²³⁴⁵⁶⁷⁸⁹]+/uy);
    if (raised !== null) {
      at += raised.length;
      const digits = Array.from(raised, (digit) => superscripts.indexOf(digit)).join("");
      tokens.push({ kind: "symbol", text: "^" }, { kind: "number", text: digits });
      continue;
    }
    const symbol = String.fromCodePoint(text.codePointAt(at) ?? 0);
    at += symbol.length;
    const fraction = fractions[symbol];
    if (fraction !== undefined) {
      const [top = "", bottom = ""] = fraction.split("/");
      tokens.push({ kind: "name", text: "frac" }, { kind: "number", text: top }, { kind: "number", text: bottom });
    } else if (symbol === "π") tokens.push({ kind: "name", text: "pi" });
    else if (symbol === "√") tokens.push({ kind: "name", text: "sqrt" });
    else if (/[α-ωΑ-Ω]/u.test(symbol)) tokens.push({ kind: "letter", text: symbol });
    else if (symbol === "*" && text[at] === "*") {
      at += 1;
      tokens.push({ kind: "symbol", text: "^" });
    } else if (/[-+*/^_(){}[\]|!%∞°×·⋅∗÷−–∕]/u.test(symbol))
      tokens.push({ kind: "symbol", text: symbolsAs[symbol] ?? symbol });
    else return null;
  }
  return tokens;
}

function digitsOf(number: string): string {
  const decimal = /^(?:\d{1,2}|\d{4,}|0|\d{3})\{,\}(?:\d{1,2}|\d{4,})$/u.test(number) || /^0\{,\}\d+$/u.test(number);
  return decimal ? number.replace("{,}", ".") : number.replaceAll(/[^\d.]/gu, "");
}
