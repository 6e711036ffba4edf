import type { Root } from "hast";
import { blockLimits, formulaLimits } from "./answerLimits.ts";

const maxDepth = blockLimits.depth + formulaLimits.depth + 2;
const maxNodes = blockLimits.nodes + 1;

/**
 * Returns whether a value from the worker is a tree that may be rendered: plain elements and texts, not too many and
 * not too deep. Which elements are allowed is decided when rendering. Walks without recursion, so any depth is safe.
 */
export function checkTree(value: unknown): value is Root {
  if (!isRecord(value) || value["type"] !== "root" || !Array.isArray(value["children"])) return false;
  const open: { node: unknown; depth: number }[] = value["children"].map((node: unknown) => ({ node, depth: 1 }));
  let nodes = 0;
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, depth } = next;
    nodes++;
    if (nodes > maxNodes || depth > maxDepth || !isRecord(node)) return false;
    if (node["type"] === "text") {
      if (typeof node["value"] !== "string") return false;
    } else if (node["type"] === "element") {
      if (typeof node["tagName"] !== "string" || !hasPlainProperties(node["properties"])) return false;
      if (!Array.isArray(node["children"])) return false;
      for (const child of node["children"] as unknown[]) open.push({ node: child, depth: depth + 1 });
    } else return false;
  }
  return true;
}

function hasPlainProperties(value: unknown): boolean {
  return isRecord(value) && Object.values(value).every((property) => isPlain(property) || isPlainList(property));
}

const isPlain = (value: unknown): boolean =>
  value === null || value === undefined || ["string", "number", "boolean"].includes(typeof value);

const isPlainList = (value: unknown): boolean => Array.isArray(value) && value.every(isPlain);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
