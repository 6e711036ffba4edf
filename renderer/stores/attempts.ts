import type { Problem } from "../../electron/contract/errors.ts";
import type { Door } from "./door.ts";

/** Does what the user asked for. Resolves with null if it failed; never rejects. */
export type Attempt = <Result>(work: () => Promise<Result>) => Promise<Result | null>;

/** Returns an `Attempt`. Each attempt clears the previous one's problem, and reports its own to `tell`. */
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
