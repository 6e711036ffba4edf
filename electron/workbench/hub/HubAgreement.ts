import { WorkbenchError } from "../../contract/errors.ts";
import { environmentOrigin, publicHub } from "./hubEndpoint.ts";

export interface HubAgreementOptions {
  /** Returns the origins that were agreed to before. */
  agreed: () => readonly string[];
  /** Stores another origin that was agreed to. */
  agree: (origin: string) => Promise<void>;
  /** Asks the user in a dialog that the page cannot answer. Undefined if there is no way to ask. */
  confirm: ((origin: string) => Promise<boolean>) | undefined;
  environment?: NodeJS.ProcessEnv | undefined;
}

/** Returns whether a hub may be contacted: the public one, the one in `HF_ENDPOINT`, and those that were agreed to. */
export const isAgreed = (origin: string, agreed: readonly string[], environment?: NodeJS.ProcessEnv): boolean =>
  origin === publicHub || origin === environmentOrigin(environment) || agreed.includes(origin);

/**
 * Decides which hubs may be contacted, and asks the user about any other one. An address in the settings alone is not
 * enough, because the page can write settings.
 */
export class HubAgreement {
  readonly #options: HubAgreementOptions;
  readonly #asking = new Map<string, Promise<void>>();

  constructor(options: HubAgreementOptions) {
    this.#options = options;
  }

  /** Must be awaited before each connection. Rejects with `hub-not-agreed`; the next request then asks again. */
  async expect(origin: string): Promise<void> {
    const { agreed, environment } = this.#options;
    if (isAgreed(origin, agreed(), environment)) return;
    const asking = this.#asking.get(origin) ?? this.#ask(origin).finally(() => this.#asking.delete(origin));
    this.#asking.set(origin, asking);
    await asking;
  }

  async #ask(origin: string): Promise<void> {
    const { confirm, agree } = this.#options;
    if (confirm === undefined) {
      throw new WorkbenchError("hub-not-agreed", { case: "nobodyToAsk", origin });
    }
    if (!(await confirm(origin))) throw new WorkbenchError("hub-not-agreed", { case: "declined", origin });
    await agree(origin);
  }
}
