import { Typesetter, type TypesetterOptions } from "./Typesetter.ts";

let typesetter: Typesetter | undefined;

/** Returns the window's only typesetter. Its workers start when they are first needed, or by `warmUp`. */
export function answerTypesetter(options: Pick<TypesetterOptions, "processorMs"> = {}): Typesetter {
  typesetter ??= new Typesetter({
    ...options,
    createWorker: () => new Worker(new URL("./answerWorker.ts", import.meta.url), { type: "module", name: "answers" }),
  });
  return typesetter;
}
