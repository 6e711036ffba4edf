import { Dialog } from "@base-ui/react/dialog";
import { useState } from "react";
import type { ExportFormat } from "../../../electron/contract/exports.ts";
import { SelectRow } from "../../parts/SelectRow.tsx";
import { SwitchRow } from "../../parts/SwitchRow.tsx";
import { useExports } from "../../stores/useStores.ts";
import { useSay } from "../../texts.ts";

const formats = ["json", "markdown", "html", "pdf"] as const satisfies ExportFormat[];

/** Asks how chats are exported. Where they are saved is asked by the system's dialog. */
export function ExportSheet({ chatIds }: { chatIds: readonly string[] | null }) {
  const say = useSay("exports");
  const start = useExports((state) => state.start);
  const dismiss = useExports((state) => state.dismiss);
  const [format, setFormat] = useState<ExportFormat>("json");
  const [thoughts, setThoughts] = useState(true);
  const about = say(`hints.${format}`);
  let hint: string = about;
  if (format === "json" && chatIds === null) hint = say("withPresets", { hint: about });
  if (format === "pdf" && chatIds?.length !== 1) hint = say("withBookmarks", { hint: about });
  return (
    <Dialog.Root open onOpenChange={(open) => !open && dismiss()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-shade" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">
            {chatIds === null ? say("all") : say("title", { count: chatIds.length })}
          </Dialog.Title>
          <dl className="pairs settings">
            <SelectRow
              label={say("format")}
              value={format}
              hint={hint}
              onChange={(value) => setFormat(formats.find((each) => each === value) ?? "json")}
            >
              {formats.map((each) => (
                <option key={each} value={each}>
                  {say(`formats.${each}`)}
                </option>
              ))}
            </SelectRow>
            <SwitchRow label={say("thoughts")} isOn={thoughts} onChange={setThoughts}>
              {say("withThoughts")}
            </SwitchRow>
          </dl>
          <div className="dialog-actions">
            <Dialog.Close className="button">{say("shell:cancel")}</Dialog.Close>
            <button type="button" className="button primary" onClick={() => void start({ format, thoughts })}>
              {say("save")}
            </button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
