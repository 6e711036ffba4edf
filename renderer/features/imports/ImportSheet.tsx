import { Dialog } from "@base-ui/react/dialog";
import { useState } from "react";
import type { ImportPreview } from "../../../electron/contract/imports.ts";
import { amountTexts } from "../../../electron/texts/imports/amountTexts.ts";
import { ignoreSecondClick } from "../../parts/ignoreSecondClick.ts";
import { SelectRow } from "../../parts/SelectRow.tsx";
import { useImports } from "../../stores/useStores.ts";
import { useSay, useTexts } from "../../texts.ts";
import "./imports.css";

/** Says what is in a file, and imports it if the user agrees. */
export function ImportSheet({ preview }: { preview: ImportPreview }) {
  const texts = useTexts();
  const say = useSay("imports");
  const confirm = useImports((state) => state.confirm);
  const cancel = useImports((state) => state.cancel);
  const [here, setHere] = useState<"skip" | "copy">("skip");
  const { source, fileName, chats, titles, skipped, leftOut, foldersLeftOut, presetsLeftOut, isComplete } = preview;
  const isAllHere = preview.here === chats;
  const isNothingNew = isAllHere && preview.folders + preview.presets === 0;
  return (
    <Dialog.Root open onOpenChange={(open) => !open && void cancel()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="dialog-shade" />
        <Dialog.Popup className="dialog">
          <Dialog.Title className="dialog-title">{say("title")}</Dialog.Title>
          {!isComplete && <p className="import-warning">{say("incomplete")}</p>}
          <dl className="pairs settings">
            <dt>{say("file")}</dt>
            <dd>
              <bdi className="import-name">{fileName}</bdi>
            </dd>
            <dt>{say("from")}</dt>
            <dd>{say(`sources.${source}`)}</dd>
            <dt>{say("contains")}</dt>
            <dd>
              <ul className="import-titles">
                {amountTexts(texts, preview).map((amount) => (
                  <li key={amount}>{amount}</li>
                ))}
              </ul>
            </dd>
            {chats > 0 && (
              <>
                <dt>{say("first")}</dt>
                <dd>
                  <ul className="import-titles">
                    {titles.map((title, index) => (
                      // Titles may be equal.
                      <li key={index} className="clip">
                        <bdi>{title === "" ? say("chats:untitled") : title}</bdi>
                      </li>
                    ))}
                    {chats > titles.length && (
                      <li className="quiet">{say("more", { count: chats - titles.length })}</li>
                    )}
                  </ul>
                </dd>
              </>
            )}
            {skipped.length + leftOut + foldersLeftOut + presetsLeftOut > 0 && (
              <>
                <dt>{say("leftOut")}</dt>
                <dd>
                  <ul className="import-titles">
                    {skipped.map(({ reason, count }) => (
                      <li key={reason}>{say(`skipped.${reason}`, { count })}</li>
                    ))}
                    {leftOut > 0 && <li>{say("parts", { count: leftOut })}</li>}
                    {foldersLeftOut > 0 && <li>{say("foldersLeftOut", { count: foldersLeftOut })}</li>}
                    {presetsLeftOut > 0 && <li>{say("presetsLeftOut", { count: presetsLeftOut })}</li>}
                  </ul>
                </dd>
              </>
            )}
            {preview.here > 0 && (
              <SelectRow
                label={say("hereLabel")}
                value={here}
                hint={isAllHere ? say("nothingNew") : say("here", { count: preview.here })}
                onChange={(value) => setHere(value === "copy" ? "copy" : "skip")}
              >
                <option value="skip">{say("skip")}</option>
                <option value="copy">{say("copy")}</option>
              </SelectRow>
            )}
          </dl>
          <div className="dialog-actions">
            <Dialog.Close className="button">{say("shell:cancel")}</Dialog.Close>
            <button
              type="button"
              className="button primary"
              disabled={isNothingNew && here === "skip"}
              onClick={() => {
                ignoreSecondClick();
                void confirm(here);
              }}
            >
              {say("confirm")}
            </button>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
