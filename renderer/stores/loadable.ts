import type { Problem } from "../../electron/contract/errors.ts";

/** Data that a screen requests from main. Every screen renders all three states. */
export type Loadable<T> = { state: "loading" } | { state: "ready"; value: T } | { state: "failed"; problem: Problem };
