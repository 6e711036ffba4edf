import type { z } from "zod";

/** One call: a schema that parses its input, and the type of its result. */
export interface Call<Input extends z.ZodType, Result> {
  readonly input: Input;
  /** Never set. It only carries the type of the result. */
  readonly result?: Result;
}

/** Used as `call<Result>()(schema)`: two steps, so that the result type is explicit and the schema type is inferred. */
export const call =
  <Result>() =>
  <Input extends z.ZodType>(input: Input): Call<Input, Result> => ({ input });
