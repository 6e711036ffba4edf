import type { Root } from "hast";

export interface TreeCounts {
  /** Elements and texts. */
  nodes: number;
  formulas: number;
  /** Cells of tables. */
  cells: number;
  /** Lines of formulas that get a number. */
  numbers: number;
}

/** A block of an answer, ready to be rendered. */
export interface TypesetBlock {
  root: Root;
  counts: TreeCounts;
  /** How long typesetting took, in milliseconds. */
  workMs: number;
}

export type HighlightedLine = { text: string; color: string | undefined }[];

export type WorkerRequest =
  | { kind: "blocks"; id: number; sources: string[] }
  | { kind: "code"; id: number; code: string; language: string };

/** Blocks are returned one by one, in order; null: to be shown as plain text. */
export type WorkerAnswer =
  | { kind: "block"; id: number; block: TypesetBlock | null }
  | { kind: "code"; id: number; lines: HighlightedLine[] | null };

/** Thrown for a tree that is too large or too deep to be rendered. */
export class TreeTooLarge extends Error {}
