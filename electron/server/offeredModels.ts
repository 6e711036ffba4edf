import { toError } from "../contract/errors.ts";
import { chooseModel, isOffered } from "../contract/modelChoice.ts";
import { isRemote } from "../contract/modelKinds.ts";
import type { Model } from "../contract/models.ts";
import { ownUserAgent } from "../workbench/servers/ServerClient.ts";
import type { Workbench } from "../workbench/workbench.ts";
import { ApiFailure, badParameter } from "./ApiFailure.ts";
import type { Sender } from "./RequestLog.ts";

type Rooms = Pick<Workbench, "call">;

/**
 * Whether a request comes from R1 Workbench itself, of this home or another one. It gets models in files only: what was
 * passed on once and is passed on again might go in circles.
 */
const isOwn = ({ program }: Pick<Sender, "program">): boolean => program === ownUserAgent;

/** Resolves with the models that this program may use. */
export async function offeredModels(workbench: Rooms, sender: Pick<Sender, "program">): Promise<Model[]> {
  const offered = (await workbench.call("models.list", {})).filter(isOffered);
  return isOwn(sender) ? offered.filter((model) => !isRemote(model)) : offered;
}

/** Resolves with the model of an id, or for null with the default one. Rejects if there is none or it cannot be used. */
export async function offeredModel(
  workbench: Rooms,
  id: string | null,
  sender: Pick<Sender, "program">,
): Promise<Model> {
  if (id === null) {
    const { defaultModelId: byDefault } = await workbench.call("settings.get", {});
    const model = chooseModel(await offeredModels(workbench, sender), { chosen: null, byDefault });
    if (model !== undefined) return model;
  }
  const models = await workbench.call("models.list", {});
  const model = models.find((one) => one.id === id);
  if (model === undefined) {
    const message = "There is no such model. GET /v1/models lists those that can be used.";
    throw new ApiFailure(404, { code: "model_not_found", message, param: "model" });
  }
  const [problem] = model.problems;
  if (problem !== undefined) throw toError(problem);
  if (!isOffered(model)) throw notOffered("It is on another machine, and what programs send does not leave this one.");
  if (isRemote(model) && isOwn(sender))
    throw notOffered("It is on a server, and R1 Workbench passes on what it gets only once.");
  return model;
}

const notOffered = (why: string): ApiFailure =>
  badParameter("model", "model_not_offered", `This model cannot be used here. ${why}`);

/** Returns a model as /v1/models lists it, with llama-server's facts about it as far as they are known. */
export function listedModel({ id, source, contextLength, parameters, sizeBytes }: Model): object {
  const common = { id, object: "model", created: 0 };
  if (source.kind === "server") {
    return { ...common, owned_by: `r1-workbench:${source.serverName}`, meta: { n_ctx_train: contextLength } };
  }
  const meta = { n_ctx_train: contextLength, n_params: parameters, size: sizeBytes };
  return { ...common, owned_by: "r1-workbench", meta };
}
