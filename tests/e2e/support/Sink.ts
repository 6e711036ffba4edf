import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

/** A server that must receive nothing. */
export interface Sink {
  /** Such as "http://127.0.0.1:40123". */
  address: string;
  port: number;
  /** The connections and datagrams received, with the beginning of their content. */
  arrived: string[];
  close(): void;
}

/** Opens a local port, over TCP and UDP, that records everything it receives. */
export async function openSink(): Promise<Sink> {
  const arrived: string[] = [];
  const server = createServer((socket) => {
    arrived.push("tcp");
    socket.on("data", (bytes) => arrived.push(bytes.toString("latin1").slice(0, 200)));
    socket.on("error", () => undefined);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const found = server.address();
  if (found === null || typeof found === "string") throw new Error("The sink has no port.");
  const { port } = found;
  const datagrams = createSocket("udp4");
  datagrams.on("message", () => arrived.push("udp"));
  datagrams.bind(port, "127.0.0.1");
  await once(datagrams, "listening");
  return {
    address: `http://127.0.0.1:${port}`,
    port,
    arrived,
    close: () => {
      server.close();
      datagrams.close();
    },
  };
}
