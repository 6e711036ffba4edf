/** Causes a compiler error unless the type is `never`. */
export type Expect<Nothing extends never> = Nothing;

/** The facts that a text names. */
export type NamesIn<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? (Name extends `${infer Bare},${string}` ? Bare : Name) | NamesIn<Rest>
  : never;
export type KeysOfAny<Facts> = Facts extends unknown ? keyof Facts : never;

type Bare<Key> = Key extends `${infer Name}_${"one" | "other"}` ? Name : Key;
/** A fact named `case` selects one of the texts of a code. */
type KeyOf<Code extends string, Facts> = Facts extends { case: infer Case extends string } ? `${Code}_${Case}` : Code;
type KeysOf<Reason> = Reason extends { code: infer Code extends string; facts: infer Facts }
  ? Facts extends unknown
    ? KeyOf<Code, Facts>
    : never
  : Reason extends { code: infer Code }
    ? Code
    : never;
type FactNames<Reason, Key> = Reason extends { code: infer Code extends string; facts: infer Facts }
  ? Facts extends unknown
    ? Key extends KeyOf<Code, Facts>
      ? keyof Facts
      : never
    : never
  : never;

/** Does not compile if a code has no text, a text has no code, or a text names a fact that its code does not have. */
export type ReasonsMatch<Reason extends { code: string }, Texts> = [
  Exclude<KeysOf<Reason>, Bare<keyof Texts>>,
  Exclude<Bare<keyof Texts>, KeysOf<Reason>>,
  { [Key in keyof Texts]: Exclude<NamesIn<Texts[Key]>, FactNames<Reason, Bare<Key>>> }[keyof Texts],
][number];
