import { structuredPatch } from "diff";

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
  /** Its numbers in the earlier and the later text, counted from 1. Null where it is not there. */
  before: number | null;
  after: number | null;
}

export interface DiffHunk {
  /** How many unchanged lines are left out above it. */
  skipped: number;
  lines: DiffLine[];
}

export interface LineDiff {
  hunks: DiffHunk[];
  /** How many unchanged lines are left out at the end. */
  skippedAtEnd: number;
  added: number;
  removed: number;
  /** Whether the texts differ too much to be compared line by line. All lines are then removed and added. */
  isTooDifferent: boolean;
}

/** How many unchanged lines are kept around each change. */
const context = 3;
/** The time to compare grows with the number of changes. */
const mostChanges = 2_000;

/** Returns how the lines of one text differ from those of another. Line ends do not count. */
export function lineDiff(before: string, after: string): LineDiff {
  const one = linesOf(before);
  const other = linesOf(after);
  const patch = structuredPatch("", "", joined(one), joined(other), undefined, undefined, {
    context,
    maxEditLength: mostChanges,
  });
  if (patch === undefined) {
    const lines: DiffLine[] = [
      ...one.map((text, index): DiffLine => ({ kind: "removed", text, before: index + 1, after: null })),
      ...other.map((text, index): DiffLine => ({ kind: "added", text, before: null, after: index + 1 })),
    ];
    const hunks = [{ skipped: 0, lines }];
    return { hunks, skippedAtEnd: 0, added: other.length, removed: one.length, isTooDifferent: true };
  }
  let added = 0;
  let removed = 0;
  let shownTo = 0;
  const hunks = patch.hunks.map(({ oldStart, newStart, lines: signed }): DiffHunk => {
    let atBefore = oldStart;
    let atAfter = newStart;
    const skipped = Math.max(0, oldStart - 1 - shownTo);
    const lines = signed.map((line): DiffLine => {
      const text = line.slice(1);
      if (line.startsWith("+")) {
        added++;
        return { kind: "added", text, before: null, after: atAfter++ };
      }
      if (line.startsWith("-")) {
        removed++;
        return { kind: "removed", text, before: atBefore++, after: null };
      }
      return { kind: "same", text, before: atBefore++, after: atAfter++ };
    });
    shownTo = atBefore - 1;
    return { skipped, lines };
  });
  const skippedAtEnd = hunks.length === 0 ? 0 : one.length - shownTo;
  return { hunks, skippedAtEnd, added, removed, isTooDifferent: false };
}

function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Each line ends, so that the library says nothing about the end of a text. */
const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");
