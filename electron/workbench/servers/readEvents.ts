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
  /** JSON that goes over several lines. It is read once it has ended, because reading each beginning would take for ever. */
  let begun: string | null = null;
  let isError = false;
  let isBare = false;
  let isFirst = true;
  for await (const read of lines) {
    const line = isFirst ? read.replace(byteOrderMark, "") : read;
    isFirst = false;
    if (line === "") {
      if (begun !== null) yield { value: whole(begun, isError), isError };
      begun = null;
      isError = false;
      continue;
    }
    // Only server-sent events give each of the lines a name.
    const field: Field | null = begun !== null && isBare ? { name: "data", value: line } : readField(line);
    if (field === null) continue;
    if (field.name === "event") {
      isError = field.value === "error";
      continue;
    }
    if (begun !== null) {
      begun += `\n${field.value}`;
      continue;
    }
    isBare = field.value === line;
    const value = parse(field.value);
    if (value === undefined) begun = field.value;
    else yield { value, isError: isError || field.name === "error" };
  }
  const value = begun === null ? undefined : parse(begun);
  if (value !== undefined) yield { value, isError };
}

const byteOrderMark = /^\ufeff/;

/** Returns what an event that has ended holds. An error may be plain text. Throws `NotJson`. */
function whole(text: string, isError: boolean): unknown {
  const value = parse(text) ?? (isError ? text : undefined);
  if (value === undefined) throw new NotJson(text);
  return value;
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
