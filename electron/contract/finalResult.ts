/** Where the result was found: in the last `\boxed{…}`, or on the last line of an answer that has none. */
export interface FinalResult {
  from: "boxed" | "lastLine";
  text: string;
}

const longestResult = 1000;
/** A last line that is longer than this is prose, which two answers hardly ever share. */
const longestLine = 200;
/** Only the end of an answer is searched, so that text of any length costs the same. */
const searchedCharacters = 200_000;
const mostBoxes = 1000;

/**
 * Returns what an answer (without its thought) says in the end. Null if it has neither a box that is closed nor a last
 * line that is short enough to be compared.
 */
export function finalResult(answer: string): FinalResult | null {
  const end = answer.slice(-searchedCharacters);
  return lastBox(end) ?? lastLine(end);
}

function lastBox(text: string): FinalResult | null {
  let before = text.length;
  for (let tried = 0; tried < mostBoxes; tried += 1) {
    const start = Math.max(text.lastIndexOf("\\boxed", before), text.lastIndexOf("\\fbox", before));
    if (start < 0) return null;
    const content = contentOf(text, start + (text.startsWith("\\boxed", start) ? 6 : 5));
    // A box within a box is part of the outer one, which begins earlier; both hold the same result.
    if (content !== null && content !== "") return { from: "boxed", text: content };
    if (start === 0) return null;
    before = start - 1;
  }
  return null;
}

function contentOf(text: string, start: number): string | null {
  let at = start;
  while (text[at] === " ") at += 1;
  if (text[at] !== "{") {
    if (/[a-z]/iu.test(text[start] ?? "")) return null;
    const plain = /^(?:\\[a-z]+|\d|[^\s\\{}$])/iu.exec(text.slice(at, at + 50));
    return plain === null ? null : plain[0];
  }
  let depth = 0;
  for (let end = at; end < text.length && end - at <= longestResult; end += 1) {
    const character = text[end];
    if (character === "\\") end += 1;
    else if (character === "{") depth += 1;
    else if (character === "}") {
      depth -= 1;
      if (depth === 0) return text.slice(at + 1, end).trim();
    }
  }
  return null;
}

function lastLine(text: string): FinalResult | null {
  const lines = text.split(/\r?\n/u);
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = plainLine(lines[index] ?? "");
    if (line === "") continue;
    return line.length > longestLine ? null : { from: "lastLine", text: line };
  }
  return null;
}

const marks = /^(?:#{1,6} |[-*+] |> )+/u;
const onlyMarks = /^[\s\-*_=#>`~$\\[\]]*$/u;
const announced =
  /^(?:(?:so|thus|therefore|hence|donc|所以|因此)[,，\s]*)?(?:(?:the |la |my )?(?:final |réponse |最终|correct )?(?:answer|result|réponse|résultat|finale|答案|结果)(?: finale)?(?: is|\s?:|：| est|是|为)[:：]?)\s*/iu;

/** The line as it reads: without Markdown's marks and without "The answer is". Empty if it has nothing but marks. */
function plainLine(line: string): string {
  const trimmed = line.trim();
  if (onlyMarks.test(trimmed) || /^(?:```|~~~)/u.test(trimmed)) return "";
  const unmarked = trimmed.replace(marks, "").replaceAll("**", "").replaceAll("__", "").trim();
  return unmarked.length > 2 * longestLine ? unmarked : unmarked.replace(announced, "").trim();
}
