/** One event of a reply: what it holds as JSON, or the text `[DONE]`. */
export interface WireMessage {
  value: unknown;
  /** Whether the server marked it as an error, besides what it holds. */
  isError: boolean;
}

/** An event that is not JSON. */
export class NotJson extends Error {}

export const doneText = "[DONE]";

/**
 * Yields the events of a reply: server-sent events, or lines of JSON as Ollama sends them. Comments, and fields that say
 * nothing here, are left out. What a connection that was cut left unfinished is left out too. Throws `NotJson`.
 */
export async function* readEvents(lines: AsyncIterable<string>): AsyncGenerator<WireMessage> {
  let data: string | null = null;
  let isError = false;
  let isBare = false;
  for await (const line of lines) {
    if (line === "") {
      if (data !== null) throw new NotJson(data.slice(0, 200));
      isError = false;
      continue;
    }
    // JSON may go over several lines, which only server-sent events give a name.
    const field: Field | null = data !== null && isBare ? { name: "data", value: line } : readField(line);
    if (field === null) continue;
    if (field.name === "event") {
      isError = field.value === "error";
      continue;
    }
    if (data === null) isBare = field.value === line;
    const text: string = data === null ? field.value : `${data}\n${field.value}`;
    const value = parse(text);
    // JSON over several lines is whole with its last one.
    data = value === undefined ? text : null;
    if (value !== undefined) yield { value, isError: isError || field.name === "error" };
  }
}

interface Field {
  name: "data" | "event" | "error";
  value: string;
}

function readField(line: string): Field | null {
  if (/^\s*[{[]/.test(line)) return { name: "data", value: line };
  const match = /^(data|event|error): ?(.*)$/s.exec(line);
  return match === null ? null : { name: match[1] as Field["name"], value: match[2] ?? "" };
}

/** Returns undefined for what is not JSON, or not yet. */
function parse(text: string): unknown {
  if (text.trim() === doneText) return doneText;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
