import * as nodeModule from "node:module";

interface Context {
  parentURL?: string | undefined;
}
interface Resolved {
  url: string;
  format?: string;
  shortCircuit?: boolean;
}
/** Says where an import leads, or asks `next`. Throws if it leads nowhere. */
type Resolve = (
  specifier: string,
  context: Context,
  next: (specifier: string, context: Context) => Resolved,
) => Resolved;

/** The Node that runs the engine has it; the types are those of the oldest Node that developers may have. */
const { registerHooks } = nodeModule as unknown as { registerHooks: (hooks: { resolve: Resolve }) => void };

/** Has this process ask where each `import` and `require` leads. Who was added last is asked first. */
export function onResolve(resolve: Resolve): void {
  registerHooks({ resolve });
}
