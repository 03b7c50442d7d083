import { RdsFailure, type FailureFacts } from "../../../provider/src/rds/failure";
import type { InstanceFacts } from "../../../provider/src/rds/rdsApi";

/** One thing that the cloud may answer, for ever, when it is asked for databases or told to drop one. */
export interface Answer {
  readonly name: string;
  /** `undefined`: the call is carried out, and nothing is there. */
  readonly failure: Pick<FailureFacts, "status" | "code" | "message"> | undefined;
  /** Only as an answer to DeleteDatabase: the database is listed all the same. */
  readonly isListed?: boolean;
  /** What the instance says of itself then; the truth, unless given. */
  readonly instance?: Partial<InstanceFacts> | "denied";
}

const refusal = (status: number, code: string, message = "The cloud said no."): Answer => ({
  name: `${status} ${code}`,
  failure: { status, code, message },
});

const notNow = (state: string, instance: Answer["instance"]): Answer => ({
  name: `403 OperationDenied.DBInstanceStatus, the instance ${state}`,
  failure: {
    status: 403,
    code: "OperationDenied.DBInstanceStatus",
    message: "The operation is not permitted due to status of instance.",
  },
  ...(instance === undefined ? {} : { instance }),
});

export const answers: readonly Answer[] = [
  refusal(404, "InvalidDBInstanceId.NotFound"),
  refusal(400, "InvalidDBInstanceId.NotFound"),
  refusal(404, "InvalidDBInstanceName.NotFound"),
  refusal(400, "InvalidDBInstanceName.NotFound"),
  refusal(404, "InvalidDBName.NotFound"),
  refusal(400, "InvalidDBName.NotFound"),
  {
    name: "404 InvalidDBName.NotFound, although it is listed",
    failure: { status: 404, code: "InvalidDBName.NotFound", message: "The cloud said no." },
    isListed: true,
  },
  { name: "200 with an empty list", failure: undefined },
  refusal(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."),
  refusal(404, "SomethingElse.NotFound"),
  {
    name: '400 with an unknown code and "does not exist"',
    failure: {
      status: 400,
      code: "UnheardOf",
      message: "The specified DBInstanceId rm-staging does not exist.",
    },
  },
  refusal(403, "Forbidden.RAM", "User not authorized to operate on the specified resource."),
  notNow("Running", undefined),
  notNow("Deleting", { status: "Deleting" }),
  notNow("locked", { lockMode: "LockByExpiration" }),
  notNow("released", { status: "Released", lockMode: "Released" }),
  notNow("itself denied", "denied"),
];

export function thrown(action: string, failure: NonNullable<Answer["failure"]>): RdsFailure {
  return new RdsFailure({ action, requestId: "F00D", ...failure });
}
