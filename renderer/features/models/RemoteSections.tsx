import type { RemoteModel, ServerSource } from "../../../electron/contract/models.ts";
import { ServerMark } from "../../parts/ServerMark.tsx";
import { writtenAt } from "../../../electron/contract/modelKinds.ts";
import { serversOf } from "../../stores/modelPlaces.ts";
import { useModels } from "../../stores/useStores.ts";
import type { SectionProps } from "./InstalledSection.tsx";
import { RemoteRow } from "./RemoteRow.tsx";
import { TableSection } from "./TableSection.tsx";
import { tableOrder } from "./tableOrder.ts";

/** The models on servers, in a section for each server. */
export function RemoteSections({ filter, sorting }: SectionProps) {
  const list = useModels((state) => state.list);
  const models = list.state === "ready" ? list.value : [];
  return serversOf(models).map(({ server, models: there }) => {
    const shown = tableOrder(there, (model) => keysOf(model, server), filter, sorting);
    return (
      shown.length > 0 && (
        <TableSection
          key={server.serverId}
          title={server.serverName}
          note={
            <>
              <ServerMark place={writtenAt(server)} />
              <bdi className="quiet small clip">{server.host}</bdi>
            </>
          }
        >
          {shown.map((model) => (
            <RemoteRow key={model.id} model={model} />
          ))}
        </TableSection>
      )
    );
  });
}

const keysOf = ({ name, measuredTokensPerSecond }: RemoteModel, { serverName, host }: ServerSource) => ({
  name,
  words: `${serverName} ${host}`,
  size: null,
  memory: null,
  speed: measuredTokensPerSecond,
});
