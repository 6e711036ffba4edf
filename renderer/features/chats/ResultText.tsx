import { plainResult } from "./plainResult.ts";
import "./voteLine.css";

/** A result of any length, without the full stop of the line on which it stood. */
export function ResultText({ text }: { text: string }) {
  return (
    <bdi className="figure vote-result" title={text}>
      {plainResult(text).replace(/[.。]+$/u, "")}
    </bdi>
  );
}
