import type { CSSProperties } from "react";
import { useChatFolders } from "../../stores/useStores.ts";
import { ChatRow, type ChatRowActions } from "./ChatRow.tsx";
import { GroupName } from "./GroupName.tsx";
import type { ListRow } from "./listRows.ts";
import { PartRow } from "./PartRow.tsx";
import { RestOfPart } from "./RestOfPart.tsx";

export interface ListItemProps {
  row: ListRow;
  style: CSSProperties;
  openId: string | null;
  isActive: boolean;
  isSelected: boolean;
  isRenaming: boolean;
  isMenuOpen: boolean;
  actions: ChatRowActions;
}

/** A row of the list of chats, of whichever kind. */
export function ListItem({ row, style, openId, isActive, isSelected, isRenaming, isMenuOpen, actions }: ListItemProps) {
  const toggle = useChatFolders((state) => state.toggle);
  switch (row.kind) {
    case "heading":
      return (
        <li className="list-heading" style={style}>
          <GroupName group={row.group} />
        </li>
      );
    case "rest":
      return (
        <li className="part-rest" style={style}>
          <RestOfPart part={row.part} state={row.state} />
        </li>
      );
    case "part":
      return (
        <li style={style}>
          <PartRow
            rowKey={row.key}
            folder={row.folder}
            isOpen={row.isOpen}
            isActive={isActive}
            isRenaming={isRenaming}
            isMenuOpen={isMenuOpen}
            onToggle={() => toggle(row.part)}
            onFocus={() => actions.onFocus(row.key)}
            onMenu={(button) => actions.onMenu(row.key, button)}
            onRenamed={(name) => actions.onRenamed(row.key, name)}
          />
        </li>
      );
    case "chat":
      return (
        <li style={style}>
          <ChatRow
            chat={row.chat}
            isInPart={row.isInPart}
            isOpen={row.chat.id === openId}
            isSelected={isSelected}
            isActive={isActive}
            isRenaming={isRenaming}
            isMenuOpen={isMenuOpen}
            actions={actions}
          />
        </li>
      );
  }
}
