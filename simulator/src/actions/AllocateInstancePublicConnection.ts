import { addressOf } from "../answers/connection.js";
import { refuse } from "../rules/refuse.js";
import { behaviour, refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { checkedPort, checkedPrefix } from "./connectionParameters.js";
import { runningInstance } from "./writableInstance.js";

export const allocateInstancePublicConnection = action({
  name: "AllocateInstancePublicConnection",
  required: ["DBInstanceId", "ConnectionStringPrefix", "Port"],
  refuses: { BabelfishPort: [], GeneralGroupName: [], PGBouncerPort: [] },
  handle(call) {
    const instance = runningInstance(call, "AllocateInstancePublicConnection");
    const prefix = checkedPrefix(call, "ConnectionStringPrefix", { from: 5, to: 40 }) ?? "";
    const port = checkedPort(call) ?? "";
    if (instance.publicConnection !== undefined) throw refuse(alreadyThere, { values: { id: instance.id } });
    call.change((draft) => {
      draftInstance(draft, instance.id).publicConnection = { prefix, port };
    });
    return { DbInstanceName: instance.id, ConnectionString: addressOf(prefix) };
  },
});

const of = {
  action: "AllocateInstancePublicConnection",
  basis: "inferred",
  source: sources.publicConnectionPage,
} as const;

const alreadyThere = refusal({
  ...of,
  id: "public-connection.exists",
  code: "OtherEndpoint.Exist",
  status: 400,
  message: "The instance {id} has a public address.",
  says: "An instance has one public address; the code is documented for a prefix that exists.",
});
behaviour({
  ...of,
  id: "public-connection.at-once",
  says: "The public address is listed by DescribeDBInstanceNetInfo with the answer, beside the internal one that the attributes name; the instance stays Running.",
});
