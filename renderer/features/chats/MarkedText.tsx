import type { ReactNode } from "react";
import type { TextRange } from "../../../electron/contract/chats.ts";

/** A text with highlighted ranges, which are in order and do not overlap. */
export function MarkedText({ text, marks }: { text: string; marks: readonly TextRange[] }) {
  const parts: ReactNode[] = [];
  let done = 0;
  for (const [start, end] of marks) {
    parts.push(text.slice(done, start), <mark key={start}>{text.slice(start, end)}</mark>);
    done = end;
  }
  return (
    <>
      {parts}
      {text.slice(done)}
    </>
  );
}
