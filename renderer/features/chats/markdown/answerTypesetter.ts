import { Typesetter, type TypesetterOptions } from "./Typesetter.ts";

let typesetter: Typesetter | undefined;

/** The one typesetter of this window. Its workers start when they are first needed, or when it is warmed up. */
export function answerTypesetter(options: Pick<TypesetterOptions, "processorMs"> = {}): Typesetter {
  typesetter ??= new Typesetter({
    ...options,
    createWorker: () => new Worker(new URL("./answerWorker.ts", import.meta.url), { type: "module", name: "answers" }),
  });
  return typesetter;
}
