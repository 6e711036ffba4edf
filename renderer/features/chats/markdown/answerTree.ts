import type { Root } from "hast";

export interface TreeCounts {
  /** Elements and texts. */
  nodes: number;
  formulas: number;
  /** Of tables. */
  cells: number;
}

/** A block of an answer, ready to be drawn. */
export interface TypesetBlock {
  root: Root;
  counts: TreeCounts;
  /** What making it took, in milliseconds. */
  workMs: number;
}

export type HighlightedLine = { text: string; color: string | undefined }[];

export type WorkerRequest =
  | { kind: "blocks"; id: number; sources: string[] }
  | { kind: "code"; id: number; code: string; language: string };

/** Blocks are answered one by one, in their order; null: to be shown as plain text. */
export type WorkerAnswer =
  | { kind: "block"; id: number; block: TypesetBlock | null }
  | { kind: "code"; id: number; lines: HighlightedLine[] | null };

/** A tree that is too large or too deep to be drawn. */
export class TreeTooLarge extends Error {}
