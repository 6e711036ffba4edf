import { Typesetter } from "./Typesetter.ts";

let typesetter: Typesetter | undefined;

/** The one typesetter of this window. Its workers start when they are first needed, or when it is warmed up. */
export function answerTypesetter(): Typesetter {
  typesetter ??= new Typesetter({
    createWorker: () => new Worker(new URL("./answerWorker.ts", import.meta.url), { type: "module", name: "answers" }),
  });
  return typesetter;
}
