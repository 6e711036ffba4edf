import type { FetchedUpdate } from "../workbench/updates/Updates.ts";
import type { Workbench } from "../workbench/workbench.ts";

/**
 * Closes the workbench, and installs an update if one is ready and the user quits the app. The system does not wait for
 * an installer when it shuts down (Windows does not come here then), nor does the app that starts again at once.
 */
export async function closeWorkbench(
  workbench: Pick<Workbench, "close" | "updateToInstall">,
  endsFor: "quit" | "shutdown" | "restart",
  install: (update: FetchedUpdate) => Promise<void>,
): Promise<void> {
  const update = endsFor === "quit" ? await workbench.updateToInstall().catch(() => null) : null;
  await workbench.close();
  if (update !== null) await install(update);
}
