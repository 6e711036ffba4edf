/** Environments of LaTeX that stand for themselves, without dollar signs around them. */
const ownEnvironment = /^\s*\\begin\{(?:equation|align|alignat|gather|CD)\*?\}/u;

/** Returns the LaTeX of a formula on the page, or null if it could not be typeset and is shown as written. */
export function formulaTex(formula: Element): string | null {
  return formula.querySelector("annotation")?.textContent ?? null;
}

/** Returns the LaTeX of a formula on the page as it is written in a text: with its delimiters. */
export function formulaInText(formula: Element): string | null {
  const tex = formulaTex(formula)?.trim() ?? null;
  if (tex === null || (formula.matches(".is-display") && ownEnvironment.test(tex))) return tex;
  return formula.matches(".is-display") ? `$$${tex}$$` : `$${tex}$`;
}
