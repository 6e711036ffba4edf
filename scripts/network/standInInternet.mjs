// Run inside a network namespace in which every address is this machine: a name server that has an answer to every
// question, and servers on the web's ports that accept and say nothing. What is asked and what connects is written
// to stdout, one JSON object a line; the first is {"ready":true}.
import { createSocket } from "node:dgram";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { answerQuestion } from "./dnsMessage.mjs";

/** TEST-NET-2 (RFC 5737): belongs to nobody. */
const everyHost = "198.51.100.1";
const webPorts = [80, 443];

/** @param {object} fact */
const say = (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`);

await Promise.all([...(await nameServers()).map(answerOn), ...webPorts.map(acceptOn)]);
say({ ready: true });

/** A reply must come from the address that was asked, so each is bound by itself. */
async function nameServers() {
  const text = await readFile("/etc/resolv.conf", "utf8").catch(() => "");
  const named = [...text.matchAll(/^\s*nameserver\s+([^\s%]+)\s*$/gm)].map(([, address = ""]) => address);
  // Without any, 127.0.0.1 is asked; 8.8.8.8 is what some programs fall back to.
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
