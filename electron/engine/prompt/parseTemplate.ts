import { Template } from "@huggingface/jinja";

type Node = Template["parsed"]["body"][number];
type AnyNode = Node & Record<string, unknown>;
type Kind = new (...parts: unknown[]) => Node;

/** Names for functions that the library's interpreter lacks. No template can spell them. */
export const lackingFunctions = { format: "str.format", dict: "dict.of" } as const;

const mayLack = /\.format\s*\(|[{,]\s*\d+\s*:/;
const kinds = nodeKinds();

/**
 * Returns a chat template's syntax tree. Two constructs that the library cannot run are replaced by function calls:
 * `"…".format(…)`, and dicts whose keys are integers. Throws the errors of the library's parser.
 */
export function parseTemplate(source: string): Template["parsed"] {
  const { parsed } = new Template(source);
  if (!mayLack.test(source)) return parsed;
  const dicts = new Set<string>();
  // The first pass finds the names of the dicts, which may be used before they are set.
  return rewrite(rewrite(parsed, dicts), dicts) as Template["parsed"];
}

function rewrite(node: unknown, dicts: Set<string>): unknown {
  if (Array.isArray(node)) return node.map((part) => rewrite(part, dicts));
  if (node instanceof Map)
    return new Map([...node].map(([key, value]) => [rewrite(key, dicts), rewrite(value, dicts)]));
  if (!isNode(node)) return node;
  for (const [name, part] of Object.entries(node)) Object.assign(node, { [name]: rewrite(part, dicts) });
  if (isFormatCall(node)) return call(lackingFunctions.format, [node.callee.object, ...node.args]);
  if (isWholeNumberDict(node)) return call(lackingFunctions.dict, [...node.value].flat());
  if (setsDict(node)) dicts.add(node.assignee.value);
  if (isItemOf(node, dicts)) return new kinds.Call(new kinds.Member(node.object, name("get"), false), [node.property]);
  return node;
}

interface Named extends Node {
  value: string;
}
interface FormatCall extends Node {
  callee: Node & { object: Node };
  args: Node[];
}
interface Item extends Node {
  object: Named;
  property: Node;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

function isNamed(value: unknown, spelling?: string): value is Named {
  return isNode(value) && value.type === "Identifier" && (spelling === undefined || value["value"] === spelling);
}

function isFormatCall(node: AnyNode): node is AnyNode & FormatCall {
  if (node.type !== "CallExpression") return false;
  const callee = node["callee"];
  if (!isNode(callee) || callee.type !== "MemberExpression") return false;
  return callee["computed"] === false && isNamed(callee["property"], "format");
}

function isWholeNumberDict(node: AnyNode): node is AnyNode & { value: Map<Node, Node> } {
  if (node.type !== "ObjectLiteral" || !(node["value"] instanceof Map)) return false;
  return [...node["value"].keys()].some((key) => isNode(key) && key.type === "IntegerLiteral");
}

function setsDict(node: AnyNode): node is AnyNode & { assignee: Named } {
  if (node.type !== "Set" || !isNamed(node["assignee"])) return false;
  const value = node["value"];
  return isNode(value) && value.type === "CallExpression" && isNamed(value["callee"], lackingFunctions.dict);
}

function isItemOf(node: AnyNode, dicts: ReadonlySet<string>): node is AnyNode & Item {
  if (node.type !== "MemberExpression" || node["computed"] !== true) return false;
  const { object, property } = node as unknown as Item;
  return isNamed(object) && dicts.has(object.value) && property.type !== "SliceExpression";
}

const name = (spelling: string): Node => new kinds.Name(spelling);
const call = (spelling: string, args: unknown[]): Node => new kinds.Call(name(spelling), args);

/** The library does not export its node classes, so they are taken from a parsed sample. */
function nodeKinds(): { Call: Kind; Member: Kind; Name: Kind } {
  const [sample] = new Template("{{ a.b() }}").parsed.body as unknown as [FormatCall & { callee: { property: Node } }];
  const kind = (node: Node): Kind => node.constructor as Kind;
  return { Call: kind(sample), Member: kind(sample.callee), Name: kind(sample.callee.property) };
}
