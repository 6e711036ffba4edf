interface ControlGroupFolder {
  /** From the root, without a slash before it. */
  folder: string;
  /** Version 2, where all controllers share one tree; version 1 keeps the numbers under other names. */
  unified: boolean;
}

/**
 * The folders of one controller that may limit this process, from the mount down to its own group.
 * @param membership the text of /proc/self/cgroup
 */
export function controlGroupFolders(membership: string, controller: "cpu" | "memory"): ControlGroupFolder[] {
  return membership.split("\n").flatMap((line) => {
    const [, controllers = "", path = ""] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    const unified = controllers === "" && path !== "";
    if (!unified && !controllers.split(",").includes(controller)) return [];
    const mount = unified ? "sys/fs/cgroup" : `sys/fs/cgroup/${controller}`;
    return foldersDown(mount, path).map((folder) => ({ folder, unified }));
  });
}

/** In a container the path may not exist below the mount; the mount itself then is our group. */
function foldersDown(mount: string, path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "" && part !== "..");
  return [mount, ...parts.map((_, index) => [mount, ...parts.slice(0, index + 1)].join("/"))];
}
