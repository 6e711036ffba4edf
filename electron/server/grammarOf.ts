import { badParameter } from "./ApiFailure.ts";
import { mostReadings, type RuleShape } from "./mostReadings.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Of one grammar. llama.cpp reads one of this size in a few milliseconds. */
const mostRules = 2000;
/** In all of its texts and lists. llama.cpp refuses somewhat more than a thousand. */
const mostRepeats = 1000;
const mostChars = 200_000;
/** Ways in which llama.cpp may have to read the same text at once. Each costs time with every token. */
const mostReadingsAtOnce = 200;
/** That each begin with the next one. */
const mostRulesInARow = 200;
/** Of schemas in each other, where a name counts as what it stands for. */
const mostDepth = 300;
const mostTypes = 7;
/** All work on one schema, in characters that are read. It takes a fraction of a second, for which the app stands still. */
const mostWork = 20_000_000;
/** The work on a schema, beside that on its texts. */
const workOnSchema = 500;

/** Keywords that say nothing about which values are right. */
const remarks = new Set(["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"]);
const ofDocument = new Set(["$schema", "$id", "$comment", "$defs", "definitions"]);

/** Rules that are the same for every schema. White space is short, so that a model cannot write it forever. */
const basics: Record<string, string> = {
  space: '| " " | "\\n" [ \\t]{0,20}',
  value: "object | array | string | number | boolean | null",
  object: '"{" space ( pair ("," space pair)* )? "}" space',
  pair: 'string ":" space value',
  array: '"[" space ( value ("," space value)* )? "]" space',
  string: '"\\"" char* "\\"" space',
  char: '[^"\\\\\\x7F\\x00-\\x1F] | "\\\\" (["\\\\bfnrt] | "u" [0-9a-fA-F]{4})',
  number: '"-"? digits ("." [0-9]{1,16})? ([eE] [-+]? [0-9]{1,2})? space',
  // At most 15 digits, so that every integer is exact in JavaScript.
  integer: '"-"? digits space',
  digits: '"0" | [1-9] [0-9]{0,14}',
  boolean: '("true" | "false") space',
  null: '"null" space',
  date: '[0-9]{4} "-" ("0" [1-9] | "1" [0-2]) "-" ("0" [1-9] | [12] [0-9] | "3" [01])',
  time: '([01] [0-9] | "2" [0-3]) ":" [0-5] [0-9] ":" [0-5] [0-9] ("." [0-9]{1,3})? ("Z" | [-+] [01] [0-9] ":" [0-5] [0-9])',
  hex: "[0-9a-f]",
};

const formats: Record<string, string> = {
  date: '"\\"" date "\\"" space',
  time: '"\\"" time "\\"" space',
  "date-time": '"\\"" date "T" time "\\"" space',
  uuid: '"\\"" hex{8} "-" hex{4} "-" hex{4} "-" hex{4} "-" hex{12} "\\"" space',
};

/**
 * Returns a grammar, in llama.cpp's notation, whose texts all conform to a JSON schema. Throws an `ApiFailure` for what it
 * cannot promise, and for schemas that would be too much work. `param`: where the schema stands in the request.
 */
export function grammarOf(schema: Schema, param: string): string {
  return new GrammarWriter(schema, param).write();
}

class GrammarWriter {
  readonly #root: Schema;
  readonly #param: string;
  readonly #rules = new Map(Object.entries(basics));
  /** The rules of what `$ref` names. */
  readonly #named = new Map<string, string>();
  /** What a text of a rule can begin with, where that matters: see `mostReadings`. */
  readonly #shapes = new Map<string, RuleShape>(Object.entries(shapesOfBasics));
  /** The rules by their texts: what is the same twice would be read twice. */
  readonly #added = new Map<string, string>();
  #choices = 0;
  #repeats = 0;
  #depth = 0;
  #work = 0;

  constructor(root: Schema, param: string) {
    this.#root = root;
    this.#param = param;
  }

  write(): string {
    const root = this.#rule(this.#root, this.#param);
    const inARow = new Map<string, number>();
    for (const rule of this.#shapes.keys()) this.#countInARow(rule, inARow, new Set());
    const lines = [["root", root] as const, ...this.#rules].map(([name, text]) => `${name} ::= ${text}`);
    const grammar = `${lines.join("\n")}\n`;
    if (grammar.length > mostChars) throw this.#tooLarge(this.#param);
    const spend = (work: number): void => this.#spend(work, this.#param);
    if (mostReadings(this.#shapes, mostReadingsAtOnce, spend) > mostReadingsAtOnce) {
      throw badParameter(
        this.#param,
        "invalid_json_schema",
        `${this.#param} has alternatives that begin alike. Give each a first property with a "const" of its own.`,
      );
    }
    return grammar;
  }

  /** Returns the name of the rule for a schema. */
  #rule(schema: unknown, at: string): string {
    this.#spend(workOnSchema, at);
    if (this.#depth >= mostDepth) throw this.#tooLarge(at);
    this.#depth++;
    const rule = this.#newRule(schema, at);
    this.#depth--;
    return rule;
  }

  #newRule(schema: unknown, at: string): string {
    if (schema === true) return "value";
    if (typeof schema !== "object" || schema === null || Array.isArray(schema)) throw this.#unsupported(at);
    const given = schema as Schema;
    for (const keyword of ["$ref", "const", "enum", "anyOf", "oneOf", "allOf"]) {
      if (given[keyword] !== undefined) return this.#combined(given, keyword, at);
    }
    const { type } = given;
    if (Array.isArray(type)) {
      if (type.length === 0 || type.length > mostTypes || !type.every((one) => typeof one === "string"))
        throw this.#unsupported(`${at}.type`);
      const { type: _, ...rest } = given;
      const typed = type.map((one: unknown) => this.#rule(onlyFor(one, rest), at));
      return this.#choice(typed, at);
    }
    switch (type) {
      case undefined:
        this.#expectOnly(given, [], at);
        return "value";
      case "string":
        return this.#string(given, at);
      case "number":
        this.#expectOnly(given, ["type"], at);
        return "number";
      case "integer":
        return this.#integer(given, at);
      case "boolean":
      case "null":
        this.#expectOnly(given, ["type"], at);
        return type;
      case "array":
        return this.#array(given, at);
      case "object":
        return this.#object(given, at);
      default:
        throw this.#unsupported(`${at}.type`);
    }
  }

  #combined(given: Schema, keyword: string, at: string): string {
    const path = `${at}.${keyword}`;
    const value = given[keyword];
    if (keyword === "const" || keyword === "enum") {
      // Their values have their types already.
      this.#expectOnly(given, [keyword, "type"], at);
      const values: readonly unknown[] = keyword === "const" ? [value] : Array.isArray(value) ? value : [];
      if (values.length === 0 || values.length > mostRules) throw this.#unsupported(path);
      return this.#add(`(${values.map((one) => this.#literal(one, path)).join(" | ")}) space`, path);
    }
    this.#expectOnly(given, [keyword], at);
    if (keyword === "$ref") return this.#reference(value, path);
    if (!Array.isArray(value) || value.length === 0 || (keyword === "allOf" && value.length > 1)) {
      throw this.#unsupported(path);
    }
    if (value.length > mostRules) throw this.#tooLarge(path);
    const rules = value.map((one: unknown, index) => this.#rule(one, `${path}[${index}]`));
    return this.#choice(rules, path);
  }

  #choice(rules: readonly string[], at: string): string {
    const choices = [...new Set(rules)];
    this.#choices += choices.length;
    if (this.#choices > mostRules) throw this.#tooLarge(at);
    const rule = this.#add(choices.join(" | "), at);
    this.#shapes.set(rule, { choices, parts: [], beginnings: [] });
    return rule;
  }

  #reference(pointer: unknown, at: string): string {
    if (typeof pointer !== "string" || !/^#(\/(\$defs|definitions)\/[^/~%]+)?$/.test(pointer))
      throw this.#unsupported(at);
    const known = this.#named.get(pointer);
    if (known !== undefined) return known;
    const [, list = "", name = ""] = pointer.split("/");
    const lists = this.#root[list];
    const target = pointer === "#" ? this.#root : ownValue(lists, name);
    if (target === undefined) throw badParameter(at, "invalid_json_schema", `${at} leads nowhere.`);
    const rule = this.#newName(at);
    this.#named.set(pointer, rule);
    const followed = this.#rule(target, at);
    this.#rules.set(rule, followed);
    this.#shapes.set(rule, { choices: [followed], parts: [], beginnings: [] });
    return rule;
  }

  /**
   * Returns how many rules begin with the next one, from this one on. Throws an `ApiFailure` if one begins with itself.
   * `counted`: those of rules that were asked for before.
   */
  #countInARow(rule: string, counted: Map<string, number>, within: ReadonlySet<string>): number {
    const known = counted.get(rule);
    if (known !== undefined) return known;
    if (within.has(rule)) {
      throw badParameter(this.#param, "invalid_json_schema", `${this.#param} has a $ref that leads back to itself.`);
    }
    const inside = new Set([...within, rule]);
    const { choices = [] } = this.#shapes.get(rule) ?? {};
    const count = 1 + Math.max(0, ...choices.map((one) => this.#countInARow(one, counted, inside)));
    if (count > mostRulesInARow || inside.size > mostRulesInARow) throw this.#tooLarge(this.#param);
    counted.set(rule, count);
    return count;
  }

  #string(given: Schema, at: string): string {
    this.#expectOnly(given, ["type", "minLength", "maxLength", "format"], at);
    const { format } = given;
    if (format !== undefined) {
      const rule = typeof format === "string" && Object.hasOwn(formats, format) ? formats[format] : undefined;
      if (rule === undefined || given["minLength"] !== undefined || given["maxLength"] !== undefined) {
        throw this.#unsupported(`${at}.format`);
      }
      return this.#add(rule, at);
    }
    const repeat = this.#repeat(given, "minLength", "maxLength", at);
    return repeat === null ? "string" : this.#add(`"\\"" char${repeat} "\\"" space`, at);
  }

  #integer(given: Schema, at: string): string {
    this.#expectOnly(given, ["type", "minimum", "maximum"], at);
    // Libraries write these where they mean any integer.
    if ((given["minimum"] ?? Number.MIN_SAFE_INTEGER) !== Number.MIN_SAFE_INTEGER) {
      throw this.#unsupported(`${at}.minimum`);
    }
    if ((given["maximum"] ?? Number.MAX_SAFE_INTEGER) !== Number.MAX_SAFE_INTEGER) {
      throw this.#unsupported(`${at}.maximum`);
    }
    return "integer";
  }

  #array(given: Schema, at: string): string {
    this.#expectOnly(given, ["type", "items", "minItems", "maxItems"], at);
    const item = this.#rule(given["items"] ?? true, `${at}.items`);
    const repeat = this.#repeat(given, "minItems", "maxItems", at) ?? "{0,}";
    const [least, most] = repeat.slice(1, -1).split(",");
    if (most === "0") return this.#add('"[" space "]" space', at);
    const further = `{${Math.max(0, Number(least) - 1)},${most === undefined || most === "" ? "" : Number(most) - 1}}`;
    const items = `${item} ("," space ${item})${further}`;
    return this.#addHolder(`"[" space ${least === "0" ? `(${items})?` : items} "]" space`, at, [item], ["["]);
  }

  #object(given: Schema, at: string): string {
    this.#expectOnly(given, ["type", "properties", "required", "additionalProperties", "propertyNames"], at);
    const { properties = {}, required = [], additionalProperties = true, propertyNames } = given;
    if (propertyNames !== undefined && JSON.stringify(propertyNames) !== '{"type":"string"}') {
      throw this.#unsupported(`${at}.propertyNames`);
    }
    if (typeof properties !== "object" || properties === null || !Array.isArray(required)) throw this.#unsupported(at);
    const names = Object.keys(properties);
    if (names.length > mostRules) throw this.#tooLarge(at);
    const all = new Set<unknown>(names);
    const unknown = required.find((name: unknown) => typeof name !== "string" || !all.has(name)) as unknown;
    if (unknown !== undefined) throw this.#unsupported(`${at}.required`);
    if (names.length === 0) {
      if (additionalProperties === false) return this.#add('"{" space "}" space', at);
      const value = this.#rule(additionalProperties, `${at}.additionalProperties`);
      const pair = `string ":" space ${value}`;
      return this.#addHolder(`"{" space ( ${pair} ("," space ${pair})* )? "}" space`, at, [value], ["{"]);
    }
    const needed = new Set<unknown>(required);
    const pairs = names.map((name) => {
      const value = this.#rule((properties as Schema)[name], `${at}.properties.${name.slice(0, 100)}`);
      const text = `${this.#literal(name, at)} space ":" space ${value}`;
      return { name, value, text, isRequired: needed.has(name) };
    });
    // From the last property to the first: what may follow with and without a comma before it.
    let afterFirst = '""';
    let afterNone = '""';
    for (const { text, isRequired } of pairs.toReversed()) {
      const withComma = `"," space ${text} ${afterFirst}`;
      const without = `${text} ${afterFirst}`;
      const [nextFirst, nextNone] = isRequired
        ? [withComma, without]
        : [`${withComma} | ${afterFirst}`, `${without} | ${afterNone}`];
      afterFirst = this.#add(nextFirst, at);
      afterNone = this.#add(nextNone, at);
    }
    const last = pairs.findIndex(({ isRequired }) => isRequired);
    const beginnings = pairs.slice(0, last === -1 ? undefined : last + 1).flatMap(({ name }) => {
      const key = `{${JSON.stringify(name)}:`;
      return constantsOf((properties as Schema)[name]).map((constant) => key + constant);
    });
    const values = pairs.map(({ value }) => value);
    return this.#addHolder(`"{" space ${afterNone} "}" space`, at, values, beginnings);
  }

  #addHolder(text: string, at: string, parts: readonly string[], beginnings: readonly string[]): string {
    const rule = this.#add(text, at);
    this.#shapes.set(rule, { choices: [], parts, beginnings });
    return rule;
  }

  /** Returns "{2,5}", or null if there is no limit. */
  #repeat(given: Schema, leastName: string, mostName: string, at: string): string | null {
    const least = this.#count(given, leastName, at) ?? 0;
    const most = this.#count(given, mostName, at);
    if (least === 0 && most === null) return null;
    this.#repeats += Math.max(least, most ?? 0);
    if (this.#repeats > mostRepeats) throw this.#tooLarge(at);
    if (most !== null && most < least) throw this.#unsupported(`${at}.${mostName}`);
    return `{${least},${most ?? ""}}`;
  }

  #count(given: Schema, name: string, at: string): number | null {
    const { [name]: value = null } = given;
    if (value === null || (typeof value === "number" && Number.isInteger(value) && value >= 0)) return value;
    throw this.#unsupported(`${at}.${name}`);
  }

  #add(text: string, at: string): string {
    this.#spend(text.length, at);
    const same = this.#added.get(text);
    if (same !== undefined) return same;
    const name = this.#newName(at);
    this.#rules.set(name, text);
    this.#added.set(text, name);
    return name;
  }

  #newName(at: string): string {
    if (this.#rules.size >= mostRules) throw this.#tooLarge(at);
    const name = `r${this.#rules.size}`;
    this.#rules.set(name, "");
    return name;
  }

  /** Returns a JSON value as a literal of a grammar. */
  #literal(value: unknown, at: string): string {
    const text = JSON.stringify(JSON.stringify(value)).replaceAll("\u007F", "\\x7F");
    if (text.length > mostChars) throw this.#tooLarge(at);
    this.#spend(text.length, at);
    return text;
  }

  #spend(work: number, at: string): void {
    this.#work += work;
    if (this.#work > mostWork) throw this.#tooLarge(at);
  }

  /** A keyword that is not listed may restrict values, which would be promised and not kept. */
  #expectOnly(given: Schema, keywords: readonly string[], at: string): void {
    const other = Object.keys(given).find(
      (name) => !keywords.includes(name) && !remarks.has(name) && !(ofDocument.has(name) && given === this.#root),
    );
    if (other !== undefined) throw this.#unsupported(`${at}.${other.slice(0, 100)}`);
  }

  #unsupported = (at: string) => badParameter(at, "invalid_json_schema", `${at} is not supported with this value.`);

  #tooLarge = (at: string) => badParameter(at, "invalid_json_schema", "The schema is too large.");
}

const shapesOfBasics: Record<string, RuleShape> = {
  value: { choices: ["object", "array", "string"], parts: [], beginnings: [] },
  object: { choices: [], parts: ["value"], beginnings: ["{"] },
  array: { choices: [], parts: ["value"], beginnings: ["["] },
};

/** Returns the values of a property that has only these, each as JSON; otherwise "", which all values begin with. */
function constantsOf(schema: unknown): string[] {
  const { const: one, enum: some } = (schema ?? {}) as Schema;
  const values: readonly unknown[] = one !== undefined ? [one] : Array.isArray(some) ? some : [];
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length > 0 && texts.length <= 20 ? texts : [""];
}

/** The keywords of other types say nothing about this one. */
function onlyFor(type: unknown, rest: Schema): Schema {
  const ofTypes: Record<string, readonly string[]> = {
    string: ["minLength", "maxLength", "format"],
    array: ["items", "minItems", "maxItems"],
    object: ["properties", "required", "additionalProperties", "propertyNames"],
    integer: ["minimum", "maximum"],
    number: ["minimum", "maximum"],
  };
  const foreign = Object.entries(ofTypes).flatMap(([name, keywords]) => (name === type ? [] : keywords));
  const own = ofTypes[String(type)] ?? [];
  const kept = Object.entries(rest).filter(([name]) => own.includes(name) || !foreign.includes(name));
  return { ...Object.fromEntries(kept), type };
}

const ownValue = (object: unknown, name: string): unknown =>
  typeof object === "object" && object !== null && Object.hasOwn(object, name) ? (object as Schema)[name] : undefined;
