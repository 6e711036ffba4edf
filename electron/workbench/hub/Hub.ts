import type { HubAccess, HubQuery } from "../../contract/hub.ts";
import { HubClient } from "./HubClient.ts";
import { hubEndpoint, publicHub } from "./hubEndpoint.ts";
import { HubToken, type Secrets } from "./HubToken.ts";
import { HubTransport } from "./HubTransport.ts";
import type { ResolveProxy } from "./proxyAddress.ts";
import { readHubQuery } from "./readHubQuery.ts";

export interface HubOptions {
  /** The settings' own address, if any; asked for each request, so that a change counts at once. */
  endpointSetting: () => string | null;
  secrets: Secrets | null;
  resolveProxy?: ResolveProxy | undefined;
  environment?: NodeJS.ProcessEnv;
}

/** The hub as it is configured now. Nothing is sent before somebody asks. */
export class Hub {
  readonly token: HubToken;
  readonly #options: HubOptions;

  constructor(options: HubOptions) {
    this.#options = options;
    this.token = new HubToken(options.secrets, options.environment);
  }

  /** Fails with `hub-address-invalid`. */
  address(): Pick<HubAccess, "endpoint" | "endpointFrom"> {
    return hubEndpoint(this.#options.endpointSetting(), this.#options.environment);
  }

  read(text: string): HubQuery {
    try {
      return readHubQuery(text, this.address().endpoint);
    } catch {
      return readHubQuery(text, publicHub);
    }
  }

  /** For work of many requests; the caller closes it. */
  async open(): Promise<HubTransport> {
    const { endpoint } = this.address();
    return new HubTransport({ endpoint, token: await this.token.get(), resolveProxy: this.#options.resolveProxy });
  }

  async use<Result>(work: (client: HubClient) => Promise<Result>): Promise<Result> {
    const transport = await this.open();
    try {
      return await work(new HubClient(transport));
    } finally {
      await transport.close();
    }
  }
}
