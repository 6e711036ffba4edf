import { useFigures, useSay } from "../../texts.ts";
import type { ListRow } from "./listRows.ts";

/** The words of a heading of the list of chats. */
export function GroupName({ group }: { group: Extract<ListRow, { kind: "heading" }>["group"] }) {
  const say = useSay("chats");
  const figures = useFigures();
  if (group.kind === "weekday") return figures.weekday(group.at);
  if (group.kind === "month") return figures.month(group.at);
  return say(`list.groups.${group.kind}`);
}
