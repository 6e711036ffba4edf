import type { ReactNode } from "react";

/** Draws a block of code as in an answer, which this feature does not know how to do. */
export type DrawCode = (code: string, language: string) => ReactNode;
