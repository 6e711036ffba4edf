import { useEffect, useState } from "react";

export type HighlightedLine = { text: string; color: string | undefined }[];
export type Highlight = (code: string, language: string) => Promise<HighlightedLine[] | null>;

/** Longer code stays plain, because highlighting it would take noticeably long. */
const mostChars = 60_000;

/**
 * Returns the lines of code in their colours. While code is typed, lines that are as before keep theirs, so that nothing
 * flickers.
 */
export function useHighlightedLines(code: string, language: string, highlight: Highlight): HighlightedLine[] {
  const [result, setResult] = useState<{ language: string; lines: HighlightedLine[] } | null>(null);
  useEffect(() => {
    if (code.length > mostChars) return;
    let isCurrent = true;
    void highlight(code, language).then((lines) => {
      if (isCurrent) setResult(lines === null ? null : { language, lines });
    });
    return () => {
      isCurrent = false;
    };
  }, [code, language, highlight]);
  const plain = code.split("\n");
  const known = result?.language === language && code.length <= mostChars ? result.lines : [];
  const shift = known.length - plain.length;
  return plain.map((text, index) => {
    const same = [known[index], known[index + shift]].find((line) => line !== undefined && textOf(line) === text);
    return same ?? [{ text, color: undefined }];
  });
}

const textOf = (line: HighlightedLine): string => line.map(({ text }) => text).join("");
