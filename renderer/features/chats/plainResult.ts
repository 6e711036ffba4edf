/** What is shown of a longer result. */
const mostChars = 60;
const mostDepth = 20;

const symbols: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  varepsilon: "ε",
  theta: "θ",
  lambda: "λ",
  mu: "μ",
  pi: "π",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  phi: "φ",
  varphi: "φ",
  omega: "ω",
  Delta: "Δ",
  Omega: "Ω",
  Sigma: "Σ",
  infty: "∞",
  times: "×",
  cdot: "·",
  div: "÷",
  pm: "±",
  mp: "∓",
  le: "≤",
  leq: "≤",
  ge: "≥",
  geq: "≥",
  ne: "≠",
  neq: "≠",
  approx: "≈",
  equiv: "≡",
  circ: "°",
  degree: "°",
  in: "∈",
  notin: "∉",
  cup: "∪",
  cap: "∩",
  subset: "⊂",
  emptyset: "∅",
  varnothing: "∅",
  to: "→",
  rightarrow: "→",
  Rightarrow: "⇒",
  implies: "⇒",
  iff: "⇔",
  land: "∧",
  lor: "∨",
  neg: "¬",
  forall: "∀",
  exists: "∃",
  ldots: "…",
  dots: "…",
  cdots: "…",
  angle: "∠",
  triangle: "△",
  sum: "∑",
  prod: "∏",
  int: "∫",
  partial: "∂",
  nabla: "∇",
  mid: "|",
  quad: " ",
  qquad: " ",
  lbrace: "{",
  rbrace: "}",
  langle: "⟨",
  rangle: "⟩",
  lfloor: "⌊",
  rfloor: "⌋",
  lceil: "⌈",
  rceil: "⌉",
  mathbb: "",
  mathrm: "",
  mathbf: "",
  mathcal: "",
  text: "",
  textbf: "",
  textit: "",
  mathit: "",
  operatorname: "",
  mbox: "",
  boldsymbol: "",
  displaystyle: "",
  left: "",
  right: "",
  big: "",
  Big: "",
  bigl: "",
  bigr: "",
  begin: "",
  end: "",
  limits: "",
};
const above: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from("0123456789+-=()n").map((sign, index) => [sign, Array.from("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")[index] ?? sign]),
);
const below: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from("0123456789+-=()").map((sign, index) => [sign, Array.from("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")[index] ?? sign]),
);

/** Returns a result that is written as LaTeX on one line of plain text, for where there is no room for a formula. */
export function plainResult(tex: string): string {
  const words = new Reading(tex)
    .all()
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return words.length > mostChars ? `${words.slice(0, mostChars - 1).trimEnd()}…` : words;
}

class Reading {
  readonly #tex: string;
  #at = 0;
  #depth = 0;

  constructor(tex: string) {
    this.#tex = tex;
  }

  /** Returns everything up to the end of the text, or of the group in braces. */
  all(): string {
    let words = "";
    while (this.#at < this.#tex.length && this.#tex[this.#at] !== "}") words += this.#next();
    return words;
  }

  #next(): string {
    const sign = this.#tex[this.#at++] ?? "";
    if (sign === "{") return this.#group();
    if (sign === "\\") return this.#command();
    if (sign === "^") return raised(this.#argument(), above, "^");
    if (sign === "_") return raised(this.#argument(), below, "_");
    if (sign === "~" || sign === "&") return " ";
    return sign === "$" ? "" : sign;
  }

  /** Reads to the closing brace, whose opening one has been read. */
  #group(): string {
    return this.#deeper(() => {
      const words = this.all();
      this.#at++;
      return words;
    });
  }

  /** Reads what a command or a raised sign applies to: a group, a command or one sign. */
  #argument(): string {
    while (this.#tex[this.#at] === " ") this.#at++;
    if (this.#at >= this.#tex.length || this.#tex[this.#at] === "}") return "";
    return this.#deeper(() => this.#next());
  }

  /** Gives up what is nested deeper than anyone writes it. */
  #deeper(read: () => string): string {
    if (this.#depth >= mostDepth) {
      this.#at = this.#tex.length;
      return "…";
    }
    this.#depth++;
    const words = read();
    this.#depth--;
    return words;
  }

  #command(): string {
    const name = /^[A-Za-z]+/u.exec(this.#tex.slice(this.#at, this.#at + 30))?.[0];
    if (name === undefined) {
      const sign = this.#tex[this.#at++] ?? "";
      if (sign === "\\") return "; ";
      return ",:;! ".includes(sign) ? (sign === "!" ? "" : " ") : sign;
    }
    this.#at += name.length;
    if (/^[dtc]?frac$/u.test(name)) return `${grouped(this.#argument())}/${grouped(this.#argument())}`;
    if (name === "sqrt") return this.#root();
    if (name === "begin" || name === "end") this.#argument();
    return Object.hasOwn(symbols, name) ? (symbols[name] ?? "") : name;
  }

  #root(): string {
    const index = /^\[([^\]{}\\]{1,5})\]/u.exec(this.#tex.slice(this.#at, this.#at + 8));
    this.#at += index?.[0].length ?? 0;
    return `${index?.[1] === undefined ? "" : raised(index[1], above, "")}√${grouped(this.#argument())}`;
  }
}

/** Puts a part in brackets unless it is one number or sign. */
const grouped = (words: string): string => {
  const part = words.trim();
  return /^(?:[\d.,]+|\p{L}|[\d.,]*π|√[\d.]+|)$/u.test(part) ? part : `(${part})`;
};

function raised(words: string, signs: Readonly<Record<string, string>>, mark: string): string {
  const part = words.trim();
  if (part === "°" || part === "'") return part;
  const found = Array.from(part).map((sign) => (Object.hasOwn(signs, sign) ? signs[sign] : undefined));
  return found.every((sign) => sign !== undefined) ? found.join("") : `${mark}${grouped(part)}`;
}
