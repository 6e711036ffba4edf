import { Notice } from "../../parts/Notice.tsx";
import { useSettings } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";
import { fieldOf } from "./settingEntries.ts";

/** Offers to undo the last change. */
export function ChangeNotice() {
  const say = useSay("settings");
  const changed = useSettings((state) => state.changed);
  const undo = useSettings((state) => state.undo);
  const forget = useSettings((state) => state.forgetChange);
  // The notice disappears, and the focus would be lost with it.
  const backToField = (): void => {
    if (changed) document.getElementById(fieldOf(changed.setting))?.focus();
  };
  return (
    <output className="notice-list settings-notice">
      {changed && (
        <Notice
          key={`${changed.setting} ${JSON.stringify(changed.before)}`}
          action={{
            label: say("shell:undo"),
            onClick: () => {
              backToField();
              void undo();
            },
          }}
          onDismiss={() => {
            if (document.activeElement?.closest(".notice")) backToField();
            forget();
          }}
        >
          {say("changed", { name: say(`names.${changed.setting}`) })}
        </Notice>
      )}
    </output>
  );
}
