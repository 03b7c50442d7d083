import { productOf, rdsVersion } from "../actions/products.js";
import { findAction } from "../actions/registry.js";
import { follows2019 } from "../copy/page2019.js";
import { settle, stepLooked } from "../operations/settle.js";
import { refuse, Refusal } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import type { World } from "../world/schema.js";
import { checkAccess } from "./access.js";
import { callerOf, nobody } from "../call/caller.js";
import { OpenCall } from "../call/call.js";
import { checkCommonParameters } from "./commonParameters.js";
import { checkUnsupportedParameters } from "../call/unsupportedParameters.js";
import { variedMessage } from "./message.js";
import type { Answer, Moment, Request } from "../call/request.js";

/**
 * The whole service as one function: no I/O, no clock, no randomness. The world that is passed in is never
 * changed (it is frozen); the one that comes back shares every part that stayed the same, and is the same
 * object if nothing changed, which is always so for a refusal when no operation was due.
 */
export function handle(world: World, request: Request, moment: Moment): { world: World; answer: Answer } {
  const settled = settle(world, moment);
  try {
    const product = productOf(request.version ?? rdsVersion);
    const action = product === undefined ? undefined : findAction(request.action, product);
    if (action === undefined) throw refuse(unsupportedAction, { values: { action: request.action } });
    const unsigned = action.unsigned === true && request.accessKeyId === "";
    const account = unsigned ? nobody : callerOf(world, request.accessKeyId);
    if (account === undefined) throw refuse(unknownKey);
    if (!unsigned) checkAccess(account, action, request.params);
    for (const name of action.required) {
      if (request.params[name] === undefined) throw refuse(missingParameter, { values: { name } });
    }
    checkCommonParameters(world, account, action.name, request.params);
    checkUnsupportedParameters(action, request.params);
    const call = new OpenCall(settled, account, request, moment);
    const body = action.handle(call);
    return {
      world: moment.stepped === true ? stepLooked(call.world, call.looked, moment) : call.world,
      answer: { status: 200, action: action.name, body: { RequestId: request.requestId, ...body } },
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { world: settled, answer: refusalAnswer(world, request, error) };
  }
}

/** The body of an error, for refusals of the machine and of the gateway before it. */
export function refusalAnswer(
  world: World,
  request: Pick<Request, "requestId" | "host">,
  refused: Refusal,
): Answer {
  const { seed, service } = world;
  const old = follows2019(world);
  const message =
    service.variedMessages && !old
      ? variedMessage(refused.message, seed, request.requestId)
      : refused.message;
  return {
    status: refused.status,
    code: refused.code,
    ruleId: refused.rule.id,
    body: {
      RequestId: request.requestId,
      HostId: request.host ?? "rds.aliyuncs.com",
      Code: refused.code,
      Message: message,
      ...(service.recommend && !old ? { Recommend: recommendation(refused.code, request.requestId) } : {}),
      ...refused.extra,
    },
  };
}

const recommendation = (code: string, requestId: string) =>
  `https://api.aliyun.com/troubleshoot?q=${code}&product=Rds&requestId=${requestId}`;

const unsupportedAction = refusal({
  id: "all.unsupported-action",
  action: "*",
  code: "SimulatorUnsupportedAction",
  status: 400,
  message: "The simulator does not know the action {action}; this says nothing about the real service.",
  says: "An action the simulator does not know gets a code of its own and never a 404, which clients read as: the resource is gone.",
  basis: "documented",
  source: sources.simulator,
});

export const unknownKey = refusal({
  id: "gateway.unknown-key",
  action: "gateway",
  code: "InvalidAccessKeyId.NotFound",
  status: 404,
  message: "The specified access key is unknown.",
  says: "An unknown key is a 404 with a code that ends like the one of a missing instance.",
  basis: "documented",
  source: sources.errorTable2020,
});

const missingParameter = refusal({
  id: "all.missing-parameter",
  action: "*",
  code: "MissingParameter",
  status: 400,
  message: "The parameter {name} is mandatory for this request.",
  says: "The client sends whatever it has; the service asks for mandatory parameters.",
  basis: "documented",
  source: sources.errorTable2020,
});

behaviour({
  id: "all.recommend",
  action: "*",
  switch: "recommend",
  says: "Error bodies carry Recommend, an address made of the code and the request id.",
  basis: "documented",
  source: sources.simulator,
});
behaviour({
  id: "all.varied-messages",
  action: "*",
  switch: "variedMessages",
  says: "One code comes with several message texts.",
  basis: "inferred",
  source: sources.simulator,
});
