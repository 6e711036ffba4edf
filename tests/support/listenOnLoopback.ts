import { once } from "node:events";
import type { Server } from "node:http";
import { onTestFinished } from "vitest";

/** Opens a server on a free port of this machine until the test ends. Answers the port. */
export async function listenOnLoopback(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
