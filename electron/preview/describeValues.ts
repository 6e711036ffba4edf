const longest = 2000;
const deepest = 3;
const mostItems = 30;

/** Returns what a line of the console says of its values: short, whatever they are. Never throws. */
export function describeValues(values: readonly unknown[]): string {
  const [first, ...rest] = values;
  const parts: string[] = [];
  let others = rest;
  if (typeof first === "string" && /%[sdifoOc]/.test(first.slice(0, longest))) {
    const queue = [...rest];
    parts.push(
      first.slice(0, longest).replace(/%[sdifoOc]/g, (sign) => {
        if (queue.length === 0) return sign;
        const value = queue.shift();
        return sign === "%c" ? "" : describe(value, 0);
      }),
    );
    others = queue;
  } else if (values.length > 0) parts.push(describe(first, 0));
  for (const value of others.slice(0, mostItems)) parts.push(describe(value, 0));
  return parts.join(" ").slice(0, longest);
}

function describe(value: unknown, depth: number): string {
  try {
    if (typeof value === "string") return depth === 0 ? value.slice(0, longest) : JSON.stringify(value.slice(0, 200));
    if (typeof value === "function") return `ƒ ${value.name}()`;
    if (typeof value !== "object" || value === null) return String(value);
    if (value instanceof Error) return (value.stack ?? String(value)).slice(0, longest);
    if (value instanceof Element) return (value.cloneNode(false) as Element).outerHTML.slice(0, 200);
    if (value instanceof Date || value instanceof RegExp) return String(value);
    if (depth >= deepest) return Array.isArray(value) ? `[… ${value.length}]` : "{…}";
    if (Array.isArray(value)) return list(value, "[", "]", (item) => describe(item, depth + 1));
    if (value instanceof Map) return `Map ${list([...value.entries()], "{", "}", (pair) => pairOf(pair, depth))}`;
    if (value instanceof Set) return `Set ${list([...value], "{", "}", (item) => describe(item, depth + 1))}`;
    if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${value.byteLength} B)`;
    return list(Object.entries(value), "{", "}", (pair) => pairOf(pair, depth));
  } catch {
    return "?";
  }
}

function pairOf([name, value]: [unknown, unknown], depth: number): string {
  return `${String(name)}: ${describe(value, depth + 1)}`;
}

function list<Item>(items: readonly Item[], open: string, close: string, each: (item: Item) => string): string {
  const shown = items.slice(0, mostItems).map(each).join(", ");
  return `${open}${shown}${items.length > mostItems ? ", …" : ""}${close}`.slice(0, longest);
}
