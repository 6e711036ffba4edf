import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Search } from "lucide-react";
import { useLayoutEffect, useRef, useState } from "react";
import { useSay } from "../../texts.ts";
import { foundEntries, type PaletteEntry, type PaletteGroup } from "./paletteEntries.ts";

export interface CommandPaletteProps {
  /** What can be done now. */
  groups: PaletteGroup[];
  /** Called when it must no longer be shown: with the chosen entry, or with null. */
  onClose: (chosen: PaletteEntry | null) => void;
}

/** Everything that can be done now, found by typing a part of its name. */
export default function CommandPalette({ groups, onClose }: CommandPaletteProps) {
  const say = useSay("commands");
  const [typed, setTyped] = useState("");
  const chosen = useRef<PaletteEntry | null>(null);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose(chosen.current)}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-shade" />
        <Dialog.Popup className="dialog palette" aria-label={say("names.commandPalette")}>
          <Autocomplete.Root
            open
            inline
            items={foundEntries(groups, typed)}
            filter={null}
            onValueChange={setTyped}
            itemToStringValue={(entry: PaletteEntry) => entry.label}
            autoHighlight="always"
            keepHighlight
          >
            <div className="palette-field">
              <Search size={16} aria-hidden />
              <Field label={say("field")} />
            </div>
            <Autocomplete.Empty className="palette-empty">{say("nothing")}</Autocomplete.Empty>
            <Autocomplete.List className="palette-list">
              {(group: PaletteGroup) => (
                <Autocomplete.Group key={group.label} items={group.items} className="palette-group">
                  <Autocomplete.GroupLabel className="palette-label">{group.label}</Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(entry: PaletteEntry) => (
                      <Autocomplete.Item
                        key={entry.id}
                        value={entry}
                        className="menu-item palette-item"
                        render={<Dialog.Close render={<div />} nativeButton={false} />}
                        onClick={() => (chosen.current = entry)}
                      >
                        <bdi className="palette-name">{entry.label}</bdi>
                        {entry.place !== "" && <span className="menu-end">{entry.place}</span>}
                        {entry.keys !== "" && (
                          <kbd className="kbd" aria-hidden>
                            {entry.keys}
                          </kbd>
                        )}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The dialog would focus it only with the next frame, and letters typed before that would go elsewhere. */
function Field({ label }: { label: string }) {
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    // After the dialog has noted where the focus was.
    queueMicrotask(() => field.current?.focus());
  }, []);
  return <Autocomplete.Input ref={field} aria-label={label} placeholder={label} />;
}
