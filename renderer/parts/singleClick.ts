import type { MouseEvent } from "react";

/** Ignores the second click of a double click, for a button whose opposite takes its place. Keys count as 0. */
export const singleClick =
  (act: () => void) =>
  ({ detail }: MouseEvent): void => {
    if (detail <= 1) act();
  };
