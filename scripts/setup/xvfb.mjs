import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { xAddresses } from "./display.mjs";
import { SetupProblem } from "./SetupProblem.mjs";

/**
 * Starts a virtual X server on a free display. It ends with `stop`, and also if this process dies: the server
 * terminates with its last client, and we are one of them for as long as we live.
 * @returns {Promise<{ display: string, stop: () => Promise<void> }>}
 */
export async function startXvfb() {
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1440x900x24", "-nolisten", "tcp", "-terminate"], {
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let complaints = "";
  server.stderr?.setEncoding("utf8").on("data", (text) => (complaints += text));
  const ended = once(server, "close").catch(() => {});
  const number = await new Promise((resolve) => {
    let text = "";
    server.stdio[3]?.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.trim());
    });
    void ended.then(() => resolve(null));
  });
  if (number === null) throw new SetupProblem(`The virtual display Xvfb could not be started: ${complaints.trim()}`);
  const client = await stayConnected(`:${number}`);
  return {
    display: `:${number}`,
    stop: async () => {
      client.destroy();
      server.kill();
      await ended;
    },
  };
}

/** @param {string} display */
async function stayConnected(display) {
  const [address] = xAddresses(display);
  if (address === undefined) throw new SetupProblem(`Xvfb named a display that cannot be read: ${display}`);
  const socket = connect(address);
  await once(socket, "connect");
  // X11's connection set-up: little-endian, protocol 11.0, no authorisation.
  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  await once(socket, "data");
  socket.on("error", () => {});
  socket.resume();
  return socket;
}
