// Runs inside a network namespace in which every address is this machine: a name server that answers every question,
// and servers on the web's ports that accept connections and send nothing. Questions and connections are written to
// stdout, one JSON object per line; the first is {"ready":true}.
import { createSocket } from "node:dgram";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { answerQuestion } from "./dnsMessage.mjs";

/** In TEST-NET-2, which is reserved for documentation (RFC 5737). */
const everyHost = "198.51.100.1";
const webPorts = [80, 443];

/** @param {object} fact */
const say = (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`);

await Promise.all([...(await nameServers()).map(answerOn), ...webPorts.map(acceptOn)]);
say({ ready: true });

/** A reply must come from the address that was asked, so each address is bound separately. */
async function nameServers() {
  const text = await readFile("/etc/resolv.conf", "utf8").catch(() => "");
  const named = [...text.matchAll(/^\s*nameserver\s+([^\s%]+)\s*$/gm)].map(([, address = ""]) => address);
  // If none is configured, 127.0.0.1 is asked. Some programs fall back to 8.8.8.8.
  return [...new Set([...named, "127.0.0.1", "127.0.0.53", "8.8.8.8", "1.1.1.1"])];
}

/** @param {string} address */
function answerOn(address) {
  const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
  socket.on("message", (question, from) => {
    const answered = answerQuestion(question, everyHost);
    if (answered === null) return;
    say({ atMs: Date.now(), where: address, name: answered.name });
    socket.send(answered.reply, from.port, from.address);
  });
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.bind(53, address, () => resolve(undefined));
  });
}

/** @param {number} port */
function acceptOn(port) {
  const server = createServer((socket) => {
    say({ atMs: Date.now(), where: `${socket.localAddress}:${port}`, name: null });
    socket.on("error", () => {});
    socket.resume();
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "::", () => resolve(undefined));
  });
}
