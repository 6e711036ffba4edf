// standInInternet.mjs SINK RESOLVER PORTS: runs inside a network namespace in which every address is this machine: a name
// server that answers every question with the sink's address, and servers on these ports that accept connections and
// send nothing. Questions and connections are written to stdout, one JSON object per line; the first is {"ready":true}.
import { createSocket } from "node:dgram";
import { createServer } from "node:net";
import { answerQuestion } from "./dnsMessage.mjs";

const [sink = "", resolver = "", ports = ""] = process.argv.slice(2);
/** A reply must come from the address that was asked. Some programs ask one of these, whatever they are told. */
const nameServers = [...new Set([resolver, "127.0.0.1", "127.0.0.53", "8.8.8.8", "1.1.1.1"])];
const accepted = ports.split(",").filter((port) => port !== "");

/** @param {object} fact */
const say = (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`);

await Promise.all([...nameServers.map(answerOn), ...accepted.map((port) => acceptOn(Number(port)))]);
say({ ready: true });

/** @param {string} address */
function answerOn(address) {
  const socket = createSocket(address.includes(":") ? "udp6" : "udp4");
  socket.on("message", (question, from) => {
    const answered = answerQuestion(question, sink);
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
    const address = socket.localAddress?.replace(/^::ffff:/, "");
    say({ atMs: Date.now(), where: `${address}:${port}`, name: null });
    socket.on("error", () => {});
    socket.resume();
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "::", () => resolve(undefined));
  });
}
