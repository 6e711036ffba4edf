/** Words that occur in formulas without a backslash. */
const functionNames = new Set(
  "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim max min sup inf gcd lcm mod det dim ker arg deg sgn sqrt var cov".split(
    " ",
  ),
);
const command = /\\(?:[A-Za-z]{2,}|[,;:!{}%|])/;
/** Letters of scripts that are not used in formulas. */
const wordLetter = /[^\P{L}A-Za-zªº\u0370-\u03FF\u1D400-\u1D7FF\u{1D400}-\u{1D7FF}ℓℎℏℕℤℚℝℂℙ]/u;
const operator = /[=<>+\-*/^_|!()[\],:·×÷±∓−≤≥≠≈≡≅∼∝∈∉⊂⊆∪∩∧∨¬→⇒↔⇔∞∑∏∫√∂∇∀∃∅°′″%…⋯]/;
/** A formula cannot end with one of these. */
const endsInMiddle = /[=<>+*/,;:&_^-]$/;
const smallWords = /^(?:an|and|as|at|by|for|in|is|of|on|or|the|to|vs|with|et|ou|und|oder)$/i;
const relation = /[=<>≤≥≠≈≡≅∼∝∈→⇒]/;

/**
 * Returns whether text between two single dollars is clearly mathematics, and not two prices or two shell variables
 * with words between them. `before` is the character before the first dollar, `after` the text after the second.
 */
export function isPlainMath(tex: string, before: string, after: string): boolean {
  if (touchesWord(before, after)) return false;
  const isPadded = /^\s/.test(tex) && /\s$/.test(tex);
  if (!isPadded && /^\s|\s$/.test(tex)) return false;
  const body = tex.trim();
  if (/["`#@€£¥₹]|:\/\/|(?<!\\)[%&]/.test(body) || !hasEvenBraces(body)) return false;
  if (command.test(body)) return !isProse(body);
  if (body.length > 300 || wordLetter.test(body) || isProse(body)) return false;
  if (isPadded) return /[\^=<>≤≥≈]/.test(body) && /\p{L}/u.test(body) && !hasWords(body);
  if (endsInMiddle.test(body) && !/^[+-]$/.test(body)) return false;
  if (/^[-+−±]?[\d.,\s]*\d(?:[.,/]\d+)?$/.test(body)) return true;
  if (/^[A-Z]{2,6}[′']*$/.test(body)) return true;
  if (/^[-+−±]?[\d.]*[a-zA-Zα-ωΑ-Ωℓ\u{1D400}-\u{1D7FF}]{1,3}[′']*$/u.test(body)) return true;
  if (!operator.test(body)) return /^[\d.\sa-zA-Zα-ωΑ-Ω'′]+$/u.test(body) && !hasWords(body);
  return !hasWords(body) || relation.test(body);
}

/** The same for text between two double dollars within a line, since `$$` is also the shell's process ID. */
export function isPlainMathInDoubles(tex: string, before: string, after: string): boolean {
  if (isProse(tex)) return false;
  if (command.test(tex)) return true;
  const body = tex.trim();
  if (touchesWord(before, after) || endsInMiddle.test(body) || /^[;,.:)]/.test(body)) return false;
  return relation.test(body) || (!hasWords(body) && !smallWords.test(body));
}

/** Returns whether a dollar touches a word or a figure, as in US$5 and 5$, and so means money. */
function touchesWord(before: string, after: string): boolean {
  if (/[\p{Script=Latin}\p{Nd}$\\]/u.test(before) || /^[\p{Nd}{$_]/u.test(after)) return true;
  return /^\p{Script=Latin}/u.test(after) && !/^(?:th|st|nd|rd|s)(?![a-z])/.test(after);
}

/** Returns whether words follow each other as in a sentence: four anywhere, or two if nothing else suggests TeX. */
export function isProse(tex: string): boolean {
  const bare = tex
    .replace(/\\(?:text|mathrm|textbf|textit|operatorname|mathbf|mbox|label|tag)\*?\s*\{[^{}]*\}/g, " 0 ")
    .replace(/\\[A-Za-z]+/g, " \\ ");
  const most = command.test(tex) ? 4 : 2;
  let inARow = 0;
  for (const part of bare.split(/\s+/)) {
    const word = part.replace(/[.,;:!?*]+$/, "").replace(/^\*+/, "");
    const isWord =
      /^\p{L}{2,}(?:['’-]\p{L}+)*$/u.test(word) && !/[\p{Script=Han}]/u.test(word) && !functionNames.has(word);
    inARow = isWord && !/^[A-Z]{2,4}$/.test(word) ? inARow + 1 : 0;
    if (inARow >= most) return true;
  }
  // In "5 or 6" or "20 per month", a single word between figures makes a sentence too.
  return most === 2 && /(?:^|\s)[\d.,]+\s+\p{L}{2,}\s+[\p{L}\d]/u.test(bare) && !/[=^_\\]/.test(bare);
}

/** Returns whether there are runs of letters longer than the name of a quantity, function names excepted. */
function hasWords(body: string): boolean {
  return (body.match(/[A-Za-z]{4,}/g) ?? []).some((word) => !/^[A-Z]{4,6}$/.test(word) && !functionNames.has(word));
}

function hasEvenBraces(body: string): boolean {
  let depth = 0;
  for (const [brace] of body.matchAll(/\\.|[{}]/gs)) {
    if (brace === "{") depth++;
    else if (brace === "}" && --depth < 0) return false;
  }
  return depth === 0;
}
