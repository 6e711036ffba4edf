import { ChevronDown } from "lucide-react";
import { Menu } from "../../parts/Menu.tsx";
import { MenuChoices } from "../../parts/MenuChoices.tsx";
import type { PageVersion } from "../../stores/pages/pageVersions.ts";
import { usePreview } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

export interface VersionMenuProps {
  version: PageVersion;
  versions: readonly PageVersion[];
}

/** Chooses the version of the page that is shown. The newest one gives way to the one that follows it. */
export function VersionMenu({ version, versions }: VersionMenuProps) {
  const say = useSay("preview");
  const show = usePreview((state) => state.show);
  const newest = versions.findLast(({ isShown }) => isShown) ?? versions.at(-1);
  return (
    <Menu
      align="end"
      button={
        <button
          type="button"
          className="button ghost preview-version"
          aria-label={say("version.label", { number: version.number })}
          title={say("version.label", { number: version.number })}
        >
          {say("version.short", { number: version.number })}
          <ChevronDown size={16} aria-hidden className="chevron" />
        </button>
      }
    >
      <MenuChoices
        value={version.message.id}
        options={versions.toReversed().map((each) => ({
          value: each.message.id,
          label: say("version.name", { number: each.number }),
          hint: hintOf(each, each === newest),
        }))}
        onChange={(messageId) => show(version.pageId, messageId === newest?.message.id ? null : messageId)}
      />
    </Menu>
  );

  function hintOf({ message, isShown }: PageVersion, isNewest: boolean): string | undefined {
    if (isNewest) return say("version.newest");
    if (!isShown) return say(message.model?.edited ? "version.editedElsewhere" : "version.elsewhere");
    return message.model?.edited ? say("version.edited") : undefined;
  }
}
