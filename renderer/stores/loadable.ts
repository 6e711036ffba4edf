import type { Problem } from "../../electron/contract/errors.ts";

/** Something a screen asks main for: every screen draws all three. */
export type Loadable<T> = { state: "loading" } | { state: "ready"; value: T } | { state: "failed"; problem: Problem };
