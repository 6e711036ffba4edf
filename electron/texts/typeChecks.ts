/** An error of the compiler unless there is nothing. */
export type Expect<Nothing extends never> = Nothing;

/** The facts that a text names. */
export type NamesIn<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? (Name extends `${infer Bare},${string}` ? Bare : Name) | NamesIn<Rest>
  : never;
export type KeysOfAny<Facts> = Facts extends unknown ? keyof Facts : never;

type Bare<Key> = Key extends `${infer Name}_${"one" | "other"}` ? Name : Key;
type FactNames<Reason, Code> = Reason extends { code: infer Own; facts: infer Facts }
  ? Code extends Own
    ? KeysOfAny<Facts>
    : never
  : never;

/** A code without a text, a text without a code, a text that names what its code does not have: none compiles. */
export type ReasonsMatch<Reason extends { code: string }, Texts> = [
  Exclude<Reason["code"], Bare<keyof Texts>>,
  Exclude<Bare<keyof Texts>, Reason["code"]>,
  { [Key in keyof Texts]: Exclude<NamesIn<Texts[Key]>, FactNames<Reason, Bare<Key>>> }[keyof Texts],
][number];
