import type { ForeignModel, ForeignOwner } from "../../../electron/contract/models.ts";
import { Sentence, slot } from "../../parts/Sentence.tsx";
import { useModels } from "../../stores/useStores.ts";
import { useSay, useTexts } from "../../texts.ts";
import { TableSection } from "./TableSection.tsx";
import { ownerName } from "../../../electron/texts/ownerName.ts";

/** Models of other apps on this machine, which can be used without copying them. */
export function ForeignModels() {
  const say = useSay("models");
  const foreign = useModels((state) => state.foreign);
  if (foreign.length === 0) return null;
  const owners = [...new Set(foreign.map(({ owner }) => owner))];
  return (
    <TableSection
      title={say("foreign.heading")}
      foot={
        <ul>
          {owners.map((owner) => (
            <ForeignOwnerRow key={owner} owner={owner} models={foreign.filter((model) => model.owner === owner)} />
          ))}
        </ul>
      }
    />
  );
}

function ForeignOwnerRow({ owner, models }: { owner: ForeignOwner; models: ForeignModel[] }) {
  const say = useSay("models");
  const texts = useTexts();
  const { figures } = texts;
  const adopt = useModels((state) => state.adopt);
  const totalBytes = models.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const name = ownerName(texts, owner) ?? owner;
  return (
    <li aria-label={name} className="foreign-owner">
      <details>
        <summary>
          <Sentence
            text={say("foreign.holds", { count: models.length, owner: slot("owner"), size: slot("size") })}
            slots={{
              owner: <strong>{name}</strong>,
              size: <span className="figure">{figures.bytes(totalBytes)}</span>,
            }}
          />
        </summary>
        <ul className="foreign-models">
          {models.map((model) => (
            <li key={model.path} title={model.path}>
              <bdi>{model.name}</bdi> <span className="figure">{figures.bytes(model.sizeBytes)}</span>
            </li>
          ))}
        </ul>
      </details>
      <button
        type="button"
        className="button"
        title={say("foreign.useHint")}
        onClick={() => void adopt(models.map(({ path }) => path))}
      >
        {say("foreign.use")}
      </button>
    </li>
  );
}
