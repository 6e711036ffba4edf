const headerBytes = 12;
const typeA = 1;

/**
 * Returns the name that a DNS message asks for, or null if the bytes are not a question.
 * @param {Buffer} message
 * @returns {string | null}
 */
export function questionName(message) {
  const question = readQuestion(message);
  return question === null ? null : question.name;
}

/**
 * Returns the reply to a question for a host's IPv4 address; for any other question, an empty reply.
 * @param {Buffer} message
 * @param {string} address in dotted form
 * @returns {{ name: string, reply: Buffer } | null}
 */
export function answerQuestion(message, address) {
  const question = readQuestion(message);
  if (question === null) return null;
  const hasAnswer = question.type === typeA;
  const header = Buffer.alloc(headerBytes);
  message.copy(header, 0, 0, 2);
  // Flags: a response, recursion desired and available, no error. One question, and at most one answer.
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(hasAnswer ? 1 : 0, 6);
  const asked = message.subarray(headerBytes, question.end);
  if (!hasAnswer) return { name: question.name, reply: Buffer.concat([header, asked]) };
  // The name is at offset 12; type A, class IN, 60 s, four bytes.
  const fixed = Buffer.from([0xc0, headerBytes, 0, typeA, 0, 1, 0, 0, 0, 60, 0, 4]);
  return {
    name: question.name,
    reply: Buffer.concat([header, asked, fixed, Buffer.from(address.split(".").map(Number))]),
  };
}

/**
 * @param {Buffer} message
 * @returns {{ name: string, type: number, end: number } | null}
 */
function readQuestion(message) {
  if (message.length < headerBytes + 5) return null;
  const isQuery = (message.readUInt16BE(2) & 0x8000) === 0;
  if (!isQuery || message.readUInt16BE(4) !== 1) return null;
  const labels = [];
  let at = headerBytes;
  for (let size = message[at] ?? 0; size !== 0; size = message[at] ?? 0) {
    if (size > 63 || at + 1 + size >= message.length) return null;
    labels.push(message.toString("latin1", at + 1, at + 1 + size));
    at += 1 + size;
  }
  if (labels.length === 0 || at + 5 > message.length) return null;
  return { name: labels.join("."), type: message.readUInt16BE(at + 1), end: at + 5 };
}
