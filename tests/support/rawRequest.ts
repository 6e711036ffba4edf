import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Sends bytes as they are, and resolves with all that comes back until the other side ends the connection. */
export async function rawRequest(port: number, text: string | Buffer, host = "127.0.0.1"): Promise<string> {
  const socket = connect(port, host);
  socket.on("error", () => undefined);
  socket.write(text);
  return await restOf(socket);
}

/** Resolves with all that comes until the other side ends the connection. */
export async function restOf(socket: Socket): Promise<string> {
  let received = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    received += chunk;
  });
  await once(socket, "close");
  return received;
}

/** Returns the status of a response. */
export const statusOf = (response: string): number => Number(/^HTTP\/1\.\d (\d{3})/.exec(response)?.[1] ?? 0);
