import { apiServerCalls } from "../contract/apiServer.ts";
import type { Handlers } from "../contract/calls.ts";

type ApiServerHandlers = Handlers<typeof apiServerCalls>;

/** Returns the handlers of the calls about this app as a server, which wait until it can be used. */
export function apiServerHandlers(server: Promise<{ handlers: ApiServerHandlers }>): ApiServerHandlers {
  const names = Object.keys(apiServerCalls) as (keyof ApiServerHandlers)[];
  // Each name gets its own handler, which the compiler cannot see.
  const entries = names.map((name) => [name, async (input: never) => (await server).handlers[name](input)]);
  return Object.fromEntries(entries) as ApiServerHandlers;
}
