import { useMemo } from "react";
import { useFigures, useSay } from "../texts.ts";
import { type DiffHunk, type DiffLine, lineDiff } from "./lineDiff.ts";

export interface LineDiffViewProps {
  /** The earlier and the later text. */
  before: string;
  after: string;
}

/** More lines would make the window slow. */
const mostLines = 4_000;
const classes = { same: "diff-line", added: "diff-line is-added", removed: "diff-line is-removed" } as const;
const signs = { same: " ", added: "+", removed: "−" } as const;

/** What two texts have in common and what differs, line by line. Long parts that are the same are left out. */
export function LineDiffView({ before, after }: LineDiffViewProps) {
  const say = useSay("chats");
  const figures = useFigures();
  const { hunks, skippedAtEnd, added, removed, isTooDifferent } = useMemo(
    () => lineDiff(before, after),
    [before, after],
  );
  if (hunks.length === 0) return <p className="diff-note">{say("diff.same")}</p>;
  const total = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  return (
    <div className="diff">
      <p className="diff-note">
        {figures.joined([
          say("diff.added", { count: added }),
          say("diff.removed", { count: removed }),
          isTooDifferent ? say("diff.tooDifferent") : null,
          total > mostLines ? say("diff.cut", { count: mostLines }) : null,
        ])}
      </p>
      {/* So that the arrow keys scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="diff-lines" tabIndex={0} aria-label={say("diff.label")}>
        {firstLines(hunks).map(({ skipped, lines }, index) => (
          <div key={index}>
            {skipped > 0 && <div className="diff-skipped">{say("diff.skipped", { count: skipped })}</div>}
            {lines.map((line, at) => (
              <Line key={at} {...line} />
            ))}
          </div>
        ))}
        {skippedAtEnd > 0 && total <= mostLines && (
          <div className="diff-skipped">{say("diff.skipped", { count: skippedAtEnd })}</div>
        )}
      </section>
    </div>
  );
}

/** Returns as much as is shown. */
function firstLines(hunks: readonly DiffHunk[]): DiffHunk[] {
  const shown: DiffHunk[] = [];
  let room = mostLines;
  for (const hunk of hunks) {
    if (room <= 0) break;
    shown.push({ ...hunk, lines: hunk.lines.slice(0, room) });
    room -= hunk.lines.length;
  }
  return shown;
}

function Line({ kind, text, before, after }: DiffLine) {
  const Words = kind === "added" ? "ins" : kind === "removed" ? "del" : "span";
  return (
    <div className={classes[kind]}>
      <span className="diff-number" aria-hidden>
        {before}
      </span>
      <span className="diff-number" aria-hidden>
        {after}
      </span>
      <span aria-hidden>{signs[kind]}</span>
      <Words className="diff-words">{text === "" ? "\n" : text}</Words>
    </div>
  );
}
