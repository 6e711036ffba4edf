import { AppWindow, Ellipsis, GitCompare, Save, SquareArrowOutUpRight } from "lucide-react";
import { Menu } from "../../parts/Menu.tsx";
import { MenuRow } from "../../parts/MenuRow.tsx";
import { shownVersion } from "../../stores/preview.ts";
import { usePreview } from "../../stores/useStores.ts";
import { useFigures, useSay } from "../../texts.ts";
import { pageLines, pageName } from "./pageWords.ts";
import { useNarrow } from "./useNarrow.ts";

/** The page that a reply holds, which it shows beside the chat. Renders nothing for replies without one. */
export function PageCard({ messageId }: { messageId: string }) {
  const say = useSay("preview");
  const figures = useFigures();
  const version = usePreview(({ versions }) =>
    versions.find(({ message, isShown }) => isShown && message.id === messageId),
  );
  const newest = usePreview(({ versions }) =>
    versions.findLast(({ pageId, isShown }) => isShown && pageId === version?.pageId),
  );
  const before = usePreview(({ versions }) =>
    versions.findLast(({ pageId, number }) => pageId === version?.pageId && number < (version?.number ?? 0)),
  );
  const isNarrow = useNarrow();
  const isAtRight = usePreview(
    (state) => (state.isInFront || !isNarrow) && shownVersion(state)?.message.id === messageId,
  );
  const show = usePreview((state) => state.show);
  const compareWith = usePreview((state) => state.compareWith);
  const save = usePreview((state) => state.save);
  if (version === undefined) return null;
  const name = pageName(version);
  // The newest version gives way to the one that follows it.
  const open = (): void => show(version.pageId, newest?.message.id === messageId ? null : messageId);
  return (
    <div className={isAtRight ? "page-card is-shown" : "page-card"}>
      <button type="button" className="page-card-main" aria-pressed={isAtRight} onClick={open}>
        <AppWindow size={16} aria-hidden />
        <span className="page-card-words">
          <bdi className="clip">{name}</bdi>
          <span className="page-card-facts clip">
            {figures.joined([
              say("card.lines", { count: pageLines(version) }),
              say("card.version", { number: version.number }),
              version.page.isPartial ? say("card.writing") : null,
              isAtRight ? say("card.shown") : say("card.show"),
            ])}
          </span>
        </span>
      </button>
      <Menu
        align="end"
        button={
          <button
            type="button"
            className="icon-button"
            aria-label={say("card.more", { name })}
            title={say("card.moreTip")}
          >
            <Ellipsis size={16} aria-hidden />
          </button>
        }
      >
        <MenuRow icon={<SquareArrowOutUpRight size={16} aria-hidden />} onClick={open}>
          {say("card.open")}
        </MenuRow>
        <MenuRow
          icon={<GitCompare size={16} aria-hidden />}
          disabled={before === undefined}
          onClick={() => {
            show(version.pageId, messageId);
            compareWith(before?.message.id ?? null);
          }}
        >
          {say("card.compare")}
        </MenuRow>
        <MenuRow
          icon={<Save size={16} aria-hidden />}
          disabled={version.page.isPartial}
          onClick={() => void save(version)}
        >
          {say("save")}
        </MenuRow>
      </Menu>
    </div>
  );
}
