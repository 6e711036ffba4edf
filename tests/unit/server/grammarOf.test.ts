import { describe, expect, test } from "vitest";
import { grammarOf } from "../../../electron/server/grammarOf.ts";

/** Returns what is to blame, and what was said of it. */
function refused(schema: unknown): { param: string; message: string } {
  try {
    grammarOf(schema as Record<string, unknown>, "s");
  } catch (error) {
    return (error as { body: { error: { param: string; message: string } } }).body.error;
  }
  throw new Error("Nothing was refused.");
}

const object = (properties: object, more: object = {}): Record<string, unknown> => ({
  type: "object",
  properties,
  ...more,
});

const many = <One>(length: number, make: (at: number) => One): One[] => Array.from({ length }, (_, at) => make(at));
const properties = (count: number): object => Object.fromEntries(many(count, (at) => [`p${at}`, true]));
const longEnum = { enum: ["x".repeat(190_000)] };

/** Returns a schema of names that each stand for what is made of the next one. The last one is null. */
const namesInARow = (count: number, make: (next: object) => object): Record<string, unknown> => ({
  $ref: "#/$defs/d0",
  $defs: Object.fromEntries([
    ...many(count, (at) => [`d${at}`, make({ $ref: `#/$defs/d${at + 1}` })] as const),
    [`d${count}`, { type: "null" }],
  ]),
});

test("what libraries write for common types is supported", () => {
  const grammar = grammarOf(
    {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      title: "Answer",
      ...object(
        {
          sum: { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
          unit: { type: ["string", "null"], maxLength: 3, description: "cm" },
          kind: { type: "string", enum: ["a", 'say "b"'] },
          when: { type: "string", format: "date-time" },
          words: { type: "object", propertyNames: { type: "string" }, additionalProperties: { type: "number" } },
          tree: { $ref: "#/$defs/node" },
        },
        { required: ["sum"], additionalProperties: false },
      ),
      $defs: {
        node: object({ next: { anyOf: [{ $ref: "#/$defs/node" }, { type: "null" }] } }, { required: ["next"] }),
      },
    },
    "s",
  );
  expect(grammar).toMatch(/^root ::= r\d+$/m);
  expect(grammar).toContain(String.raw`"\"say \\\"b\\\"\""`);
  // Every rule that is used is there.
  const rules = new Set(grammar.split("\n").flatMap((line) => line.split(" ::= ", 1)));
  const used = grammar.replaceAll(/"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]/g, "").match(/\br\d+\b/g) ?? [];
  expect(used.filter((name) => !rules.has(name))).toEqual([]);
});

describe("what cannot be promised is refused and named", () => {
  test.each([
    ["s.pattern", { type: "string", pattern: "a+" }],
    ["s.format", { type: "string", format: "email" }],
    ["s.properties.a.minimum", object({ a: { type: "integer", minimum: 0 } })],
    ["s.properties.a.multipleOf", object({ a: { type: "number", multipleOf: 2 } })],
    ["s.items.uniqueItems", { type: "array", items: { type: "array", uniqueItems: true } }],
    ["s.anyOf[1].not", { anyOf: [{ type: "null" }, { not: {} }] }],
    ["s.patternProperties", object({}, { patternProperties: {} })],
    ["s.required", object({ a: true }, { required: ["b"] })],
    ["s.required", object({ a: true }, { required: ["toString"] })],
    ["s.allOf", { allOf: [{ type: "null" }, { type: "string" }] }],
    ["s.enum", { enum: [] }],
    ["s.type", { type: "any" }],
    ["s.type", { type: [] }],
    ["s.type", { type: [["string"]] }],
    ["s.items", { type: "array", items: [{ type: "null" }] }],
    ["s.minItems", { type: "array", minItems: -1 }],
    ["s.maxItems", { type: "array", minItems: 3, maxItems: 2 }],
    ["s.maxLength", { type: "string", maxLength: Number.POSITIVE_INFINITY }],
    ["s.$ref", { $ref: "https://example.com/schema.json" }],
    ["s.$ref", { $ref: "#/$defs/gone", $defs: {} }],
    ["s.$ref", { $ref: "#/$defs/gone", $defs: null }],
    ["s.$ref", { $ref: "#/$defs/length", $defs: "text" }],
    ["s.$ref", { $ref: "#/$defs/toString", $defs: {} }],
    ["s.$ref", { $ref: "#/properties/a" }],
  ])("%s", (param, schema) => {
    expect(refused(schema).param).toBe(param);
  });
});

describe("bombs", () => {
  test("a rule that begins with itself, however far away", () => {
    expect(refused({ $ref: "#" }).message).toContain("itself");
    expect(refused({ $ref: "#/$defs/a", $defs: { a: { $ref: "#/$defs/a" } } }).message).toContain("itself");
    const through = { anyOf: [{ type: "null" }, { allOf: [{ $ref: "#/$defs/a" }] }] };
    expect(
      refused({ ...object({ x: { $ref: "#/$defs/a" } }), $defs: { a: { anyOf: [{ $ref: "#/$defs/b" }] }, b: through } })
        .message,
    ).toContain("itself");
  });

  const held = (most: number): object => ({ type: "array", items: { $ref: "#/$defs/a" }, maxItems: most });
  const named = (more: object): object => ({
    ...object({ next: { $ref: "#/$defs/a" }, ...more }, { required: ["next"] }),
  });
  test.each([
    ["lists", [held(1), held(2)]],
    ["lists, and any value", [held(1), true]],
    ["objects", [named({}), named({ b: true })]],
    ["an object, and any value", [named({}), { type: "object" }, named({ b: true })]],
  ])("alternatives that begin alike and hold each other: %s", (_name, anyOf) => {
    expect(refused({ $ref: "#/$defs/a", $defs: { a: { anyOf } } }).message).toContain("begin alike");
  });

  test("alternatives that can be told apart may hold each other, and flat ones may begin alike", () => {
    const kind = (name: string): object =>
      object({ kind: { const: name }, parts: held(9) }, { required: ["kind", "parts"], additionalProperties: false });
    const any = { anyOf: [kind("sum"), kind("product"), { type: "number" }, held(2)] };
    expect(grammarOf({ $ref: "#/$defs/a", $defs: { a: any } }, "s")).toContain("product");
    const flat = { anyOf: [object({ name: { type: "string" } }), object({ name: { type: "string" }, age: true })] };
    expect(grammarOf({ type: "array", items: flat }, "s")).toContain("age");
  });

  test.each([
    ["a million values", { enum: Array.from({ length: 1_000_000 }, (_, at) => at) }],
    ["long values", { enum: Array.from({ length: 1000 }, () => "x".repeat(1000)) }],
    ["many properties", object(properties(5000))],
    ["long texts", { type: "string", maxLength: 1e9 }],
    [
      "long lists of long texts",
      object({ a: { type: "array", maxItems: 600, items: { type: "string", maxLength: 600 } } }),
    ],
    ["names that each lead to the next one", namesInARow(40_000, (next) => next)],
    ["names that lead to each other through objects", namesInARow(1900, (next) => object({ a: next }))],
    [
      "a name that is mentioned often",
      { $ref: "#/$defs/a", $defs: { a: { anyOf: many(3000, () => ({ $ref: "#/$defs/b" })) }, b: longEnum } },
    ],
    ["many alternatives", { anyOf: many(200_000, () => ({})) }],
    ["alternatives of alternatives", { anyOf: many(1000, () => ({ anyOf: many(300, () => ({})) })) }],
    ["a list of types", { ...object({ a: true }), type: many(500_000, () => "object") }],
    [
      "a long list of required properties",
      object(properties(1900), { required: many(200_000, (at) => `p${at % 1900}`) }),
    ],
    [
      "objects that can begin in many ways",
      {
        anyOf: many(20, (one) =>
          object(Object.fromEntries(many(45, (at) => [`p${one}_${at}`, { enum: many(20, (value) => value) }]))),
        ),
      },
    ],
  ])("%s are refused at once", (_name, schema) => {
    const before = process.cpuUsage();
    refused(schema);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1000).toBeLessThan(500);
  });

  test("a name is read once, however often it is mentioned", () => {
    const twice = namesInARow(60, (next) => ({ anyOf: [next, next] }));
    expect(grammarOf(twice, "s").split("\n").length).toBeLessThan(200);
    const often = { anyOf: many(1900, () => ({ $ref: "#/$defs/b" })) };
    const grammar = grammarOf({ $ref: "#/$defs/a", $defs: { a: often, b: longEnum } }, "s");
    expect(grammar.split(longEnum.enum[0] ?? "")).toHaveLength(2);
  });
});
