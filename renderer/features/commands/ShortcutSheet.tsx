import { actionGroups, actionIds, actions, keysOf } from "../../../electron/contract/actions.ts";
import { actionName } from "../../../electron/texts/actionName.ts";
import { shortcutText } from "../../../electron/texts/shortcutText.ts";
import { useSay, useTexts } from "../../texts.ts";
import { InfoDialog } from "../../parts/InfoDialog.tsx";

/** Keys of fields and lists, which are no actions. */
const composerKeys = [
  ["send", "Enter"],
  ["newLine", "Shift+Enter"],
  ["editLast", "Up"],
] as const;

/** All keys, in the parts of the command palette. */
export default function ShortcutSheet({ isMac, onClose }: { isMac: boolean; onClose: () => void }) {
  const say = useSay("commands");
  const texts = useTexts();
  return (
    <InfoDialog title={say("names.showShortcuts")} onClose={onClose}>
      <div className="shortcut-parts">
        {actionGroups.map((group) => {
          const rows = actionIds
            .filter((id) => actions[id].group === group && keysOf(id, isMac).length > 0)
            .map((id) => [actionName(texts, id), keysOf(id, isMac)] as const);
          if (rows.length === 0) return null;
          return <Part key={group} title={say(`groups.${group}`)} rows={rows} isMac={isMac} />;
        })}
        <Part
          title={say("groups.composer")}
          rows={composerKeys.map(([name, keys]) => [say(`composer.${name}`), [keys]] as const)}
          isMac={isMac}
        />
      </div>
    </InfoDialog>
  );
}

interface PartProps {
  title: string;
  rows: readonly (readonly [name: string, keys: readonly string[]])[];
  isMac: boolean;
}

function Part({ title, rows, isMac }: PartProps) {
  const texts = useTexts();
  return (
    <section className="shortcut-part">
      <h3>{title}</h3>
      <dl>
        {rows.map(([name, keys]) => (
          <div key={name} className="shortcut-row">
            <dt>{name}</dt>
            <dd>
              {keys.map((each) => (
                <kbd key={each} className="kbd">
                  {shortcutText(texts, each, isMac)}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
