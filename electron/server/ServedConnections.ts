import type { Socket } from "node:net";
import type { Connection } from "../contract/network.ts";
import { Tally } from "../workbench/network/Tally.ts";

const recordEveryMs = 10_000;

/**
 * Counts what programs send and get, for the record of all connections: those from one address together, until it has
 * none for some time.
 */
export class ServedConnections {
  readonly #record: (connection: Connection) => void;
  readonly #byAddress = new Map<string, { tally: Tally; open: number }>();
  readonly #recording: NodeJS.Timeout;

  constructor(record: (connection: Connection) => void) {
    this.#record = record;
    this.#recording = setInterval(() => this.#recordAll(false), recordEveryMs).unref();
  }

  add(socket: Socket): Tally {
    const address = socket.remoteAddress ?? "?";
    const known = this.#byAddress.get(address);
    const counted = known ?? { tally: new Tally(address, null, { code: "served", facts: {} }), open: 0 };
    this.#byAddress.set(address, counted);
    counted.tally.count(socket);
    counted.open++;
    socket.once("close", () => counted.open--);
    if (known === undefined) this.#record(counted.tally.describe(false));
    return counted.tally;
  }

  close(): void {
    clearInterval(this.#recording);
    this.#recordAll(true);
  }

  #recordAll(isOver: boolean): void {
    for (const [address, { tally, open }] of this.#byAddress) {
      this.#record(tally.describe(isOver || open === 0));
      if (open === 0) this.#byAddress.delete(address);
    }
  }
}
