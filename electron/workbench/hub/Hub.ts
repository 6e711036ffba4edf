import type { HubAccess, HubQuery } from "../../contract/hub.ts";
import type { ConnectionReason } from "../../contract/network.ts";
import { expectOnline } from "../network/expectOnline.ts";
import type { NetworkAccess } from "../network/NetworkAccess.ts";
import type { Network } from "../network/openNetwork.ts";
import { HubAgreement, type HubAgreementOptions } from "./HubAgreement.ts";
import { HubClient } from "./HubClient.ts";
import { hubEndpoint, publicHub } from "./hubEndpoint.ts";
import { HubToken, type Secrets } from "./HubToken.ts";
import { HubTransport } from "./HubTransport.ts";
import type { ResolveProxy } from "../network/proxyAddress.ts";
import { readHubQuery } from "./readHubQuery.ts";

export interface HubOptions {
  /** Returns the address in the settings, if any. Called for each request, so that a change takes effect at once. */
  endpointSetting: () => string | null;
  secrets: Secrets | null;
  network: NetworkAccess & Pick<Network, "freshState">;
  resolveProxy?: ResolveProxy | undefined;
  environment?: NodeJS.ProcessEnv;
  /** See `HubAgreement`. */
  agreement: Pick<HubAgreementOptions, "agreed" | "agree" | "confirm">;
}

/** The configured hub. No request is sent before a caller makes one. */
export class Hub {
  readonly token: HubToken;
  readonly #options: HubOptions;
  readonly #agreement: HubAgreement;

  constructor(options: HubOptions) {
    this.#options = options;
    this.token = new HubToken(options.secrets, options.environment);
    this.#agreement = new HubAgreement({ ...options.agreement, environment: options.environment });
  }

  /** Returns the address in use and where it comes from. Throws `hub-address-invalid`. */
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

  /** Returns the origin of the address in use. Throws `hub-address-invalid`. */
  origin(): string {
    return new URL(this.address().endpoint).origin;
  }

  /**
   * Resolves with the hub's address and its own token. Rejects with `offline`, `hub-address-invalid` or
   * `hub-not-agreed`.
   */
  async access(): Promise<{ endpoint: string; token: string | null }> {
    expectOnline(await this.#options.network.freshState());
    const { endpoint } = this.address();
    const { origin } = new URL(endpoint);
    await this.#agreement.expect(origin);
    return { endpoint, token: await this.token.get(origin) };
  }

  /**
   * Resolves with a client for several requests, which the caller must close. Rejects with the same errors as `access`.
   */
  async open(reason: ConnectionReason): Promise<HubTransport> {
    const { network, resolveProxy } = this.#options;
    return new HubTransport({ ...(await this.access()), network, reason, resolveProxy });
  }

  async use<Result>(reason: ConnectionReason, work: (client: HubClient) => Promise<Result>): Promise<Result> {
    const transport = await this.open(reason);
    try {
      return await work(new HubClient(transport));
    } finally {
      await transport.close();
    }
  }
}
