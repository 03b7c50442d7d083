import { addressOf, connectionString } from "../answers/connection.js";
import { refuse } from "../rules/refuse.js";
import { refusal } from "../rules/rule.js";
import { sources } from "../rules/sources.js";
import { draftInstance } from "../world/find.js";
import { action } from "./action.js";
import { unknownAddress } from "./connectionParameters.js";
import { runningInstance } from "./writableInstance.js";

export const releaseInstancePublicConnection = action({
  name: "ReleaseInstancePublicConnection",
  required: ["DBInstanceId", "CurrentConnectionString"],
  handle(call) {
    const instance = runningInstance(call, "ReleaseInstancePublicConnection");
    const address = call.params["CurrentConnectionString"] ?? "";
    if (address === connectionString(instance)) throw refuse(internal);
    if (instance.publicConnection === undefined || address !== addressOf(instance.publicConnection.prefix))
      throw refuse(unknownAddress, { values: { address } });
    call.change((draft) => {
      delete draftInstance(draft, instance.id).publicConnection;
    });
    return {};
  },
});

const internal = refusal({
  id: "public-connection.internal",
  action: "ReleaseInstancePublicConnection",
  parameter: "CurrentConnectionString",
  code: "AtLeastOneNetTypeExists",
  status: 400,
  message: "The internal address cannot be released.",
  says: "The internal address stays; the alicloud provider takes the code for a connection that is gone.",
  basis: "inferred",
  source: sources.terraform,
});
