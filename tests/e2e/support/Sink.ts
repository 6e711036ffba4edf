import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";

/** Where nothing may arrive. */
export interface Sink {
  /** Such as "http://127.0.0.1:40123". */
  address: string;
  port: number;
  /** Connections and datagrams that came, with what they began with. */
  arrived: string[];
  close(): void;
}

/** A port of this machine, over TCP and UDP, that notes whoever comes. */
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
