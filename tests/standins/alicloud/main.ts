import { serveProvider } from "../serveProvider";
import { accountKind } from "./account";
import { cloudOf, type Cloud } from "./cloud";
import { instanceKind } from "./instance";
import { privilegeKind } from "./privilege";

let configured: Cloud | undefined;
const cloud: Cloud = (action, parameters) => {
  if (configured === undefined) throw new Error("The provider was not configured.");
  return configured(action, parameters);
};

serveProvider({
  version: "3.108.0",
  configure: (variables) => (configured = cloudOf(variables)),
  kinds: {
    "alicloud:rds/instance:Instance": instanceKind(cloud),
    "alicloud:rds/rdsAccount:RdsAccount": accountKind(cloud),
    "alicloud:rds/accountPrivilege:AccountPrivilege": privilegeKind(cloud),
  },
});
