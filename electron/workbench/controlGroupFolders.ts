interface ControlGroupFolder {
  /** Path from the root, without a leading slash. */
  folder: string;
  /** True for version 2, where all controllers share one tree. Version 1 uses different file names. */
  unified: boolean;
}

/**
 * Returns the folders of one controller that may limit this process, from the mount down to its own group.
 *
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

/** In a container the path may not exist below the mount. The mount itself then is our group. */
function foldersDown(mount: string, path: string): string[] {
  const parts = path.split("/").filter((part) => part !== "" && part !== "..");
  return [mount, ...parts.map((_, index) => [mount, ...parts.slice(0, index + 1)].join("/"))];
}
