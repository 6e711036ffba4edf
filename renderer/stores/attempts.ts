import type { Problem } from "../../electron/contract/errors.ts";
import type { Door } from "./door.ts";

/** Does what a person asked for. Returns null if it failed; never rejects. */
export type Attempt = <Result>(work: () => Promise<Result>) => Promise<Result | null>;

/** Each attempt withdraws the problem of the one before, and tells its own. */
export function attempts(door: Pick<Door, "problem">, tell: (problem: Problem | null) => void): Attempt {
  return async (work) => {
    tell(null);
    try {
      return await work();
    } catch (error) {
      tell(door.problem(error));
      return null;
    }
  };
}
