import { WorkbenchError } from "../../contract/errors.ts";
import { environmentOrigin, publicHub } from "./hubEndpoint.ts";

export interface HubAgreementOptions {
  /** Origins that were agreed to before. */
  agreed: () => readonly string[];
  /** Keeps one more. */
  agree: (origin: string) => Promise<void>;
  /** Asks the person, in a place that the page cannot answer; undefined: nobody can be asked. */
  confirm: ((origin: string) => Promise<boolean>) | undefined;
  environment?: NodeJS.ProcessEnv | undefined;
}

/**
 * To which hubs anything may be sent: the public one, the one that the person named in `HF_ENDPOINT`, and those that
 * the person agreed to. An address in the settings alone is not enough, since the page may write there.
 */
export class HubAgreement {
  readonly #options: HubAgreementOptions;
  readonly #asking = new Map<string, Promise<void>>();

  constructor(options: HubAgreementOptions) {
    this.#options = options;
  }

  /** To be awaited before each connection. Fails with `hub-not-agreed`; the next request asks again. */
  async expect(origin: string): Promise<void> {
    if (origin === publicHub || origin === environmentOrigin(this.#options.environment)) return;
    if (this.#options.agreed().includes(origin)) return;
    const asking = this.#asking.get(origin) ?? this.#ask(origin).finally(() => this.#asking.delete(origin));
    this.#asking.set(origin, asking);
    await asking;
  }

  async #ask(origin: string): Promise<void> {
    const { confirm, agree } = this.#options;
    if (confirm === undefined) {
      throw new WorkbenchError(
        "hub-not-agreed",
        `The settings name ${origin} as the hub, but you have not agreed to connect to it. Set HF_ENDPOINT to it, or search it once in the app's window and choose Connect.`,
      );
    }
    if (!(await confirm(origin))) throw new WorkbenchError("hub-not-agreed", `Nothing was sent to ${origin}.`);
    await agree(origin);
  }
}
