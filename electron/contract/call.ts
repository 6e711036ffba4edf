import type { z } from "zod";

/** One call: a schema that parses what comes in, and the type of what goes out. */
export interface Call<Input extends z.ZodType, Result> {
  readonly input: Input;
  /** Never set: it carries the type of the result. */
  readonly result?: Result;
}

/** `call<Result>()(schema)`: in two steps, so that the result is named and the schema inferred. */
export const call =
  <Result>() =>
  <Input extends z.ZodType>(input: Input): Call<Input, Result> => ({ input });
