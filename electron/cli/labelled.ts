import { columns } from "./columns.ts";

export type Fact = readonly [label: string, value: string];

/** Returns each label with its value beside it, in lines of `width` cells at most if there is a width. */
export const labelled = (facts: readonly Fact[], width: number | null): string =>
  columns(
    // A value with line feeds must not look like another fact. Spaces that hold words together stay.
    facts.map(([label, value]) => [label, value.replaceAll(/[^\S\u00A0\u202F]+/g, " ")]),
    "",
    width ?? Number.POSITIVE_INFINITY,
  );
