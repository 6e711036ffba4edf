import type { ForeignModel, ForeignOwner } from "../../../electron/contract/models.ts";
import { bytes } from "../../parts/figures.ts";
import { useModels } from "../../stores/useStores.ts";
import { ownerNames } from "./ownerNames.ts";

/** Models that other apps on this machine hold, and that can be used without a copy. */
export function ForeignModels() {
  const foreign = useModels((state) => state.foreign);
  if (foreign.length === 0) return null;
  const owners = [...new Set(foreign.map(({ owner }) => owner))];
  return (
    <section aria-labelledby="foreign-heading">
      <h2 id="foreign-heading">In other apps</h2>
      <ul className="foreign-list">
        {owners.map((owner) => (
          <ForeignOwnerRow key={owner} owner={owner} models={foreign.filter((model) => model.owner === owner)} />
        ))}
      </ul>
    </section>
  );
}

function ForeignOwnerRow({ owner, models }: { owner: ForeignOwner; models: ForeignModel[] }) {
  const adopt = useModels((state) => state.adopt);
  const totalBytes = models.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const name = ownerNames[owner] ?? owner;
  return (
    <li aria-label={name} className="foreign-owner">
      <details>
        <summary>
          <strong>{name}</strong> holds {models.length === 1 ? "1 model" : `${models.length} models`},{" "}
          <span className="figure">{bytes(totalBytes)}</span>
        </summary>
        <ul className="foreign-models">
          {models.map((model) => (
            <li key={model.path} title={model.path}>
              <bdi>{model.name}</bdi> <span className="figure">{bytes(model.sizeBytes)}</span>
            </li>
          ))}
        </ul>
      </details>
      <button
        type="button"
        className="button"
        title="They stay where they are; nothing is copied"
        onClick={() => void adopt(models.map(({ path }) => path))}
      >
        Use them here
      </button>
    </li>
  );
}
