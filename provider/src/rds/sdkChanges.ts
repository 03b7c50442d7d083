import type { CopyRequest, RdsApi } from "./rdsApi";
import type { RegionOf } from "./ownRegion";
import type { SdkCall } from "./sdkCall";

type ChangeName = "copyDatabases" | "deleteDatabase" | "describeDatabaseAs" | "tagInstance" | "untagInstance";

/** The calls that change something. None of them is ever repeated here. */
export function sdkChanges(call: SdkCall, regionOf: RegionOf): Pick<RdsApi, ChangeName> {
  return {
    copyDatabases: (request) =>
      call("CopyDatabaseBetweenInstances", async ({ client, rds }) => {
        const { body } = await client.copyDatabaseBetweenInstances(
          new rds.CopyDatabaseBetweenInstancesRequest(copyRequest(request)),
        );
        return { requestId: requireRequestId(body?.requestId) };
      }),

    deleteDatabase: (instanceId, name) =>
      call("DeleteDatabase", async ({ client, rds }) => {
        await client.deleteDatabase(
          new rds.DeleteDatabaseRequest({ DBInstanceId: instanceId, DBName: name }),
        );
      }),

    describeDatabaseAs: (instanceId, name, description) =>
      call("ModifyDBDescription", async ({ client, rds }) => {
        await client.modifyDBDescription(
          new rds.ModifyDBDescriptionRequest({
            DBInstanceId: instanceId,
            DBName: name,
            DBDescription: description,
          }),
        );
      }),

    tagInstance: async (instanceId, key, value) => {
      const regionId = await regionOf(instanceId);
      return call("TagResources", async ({ client, rds }) => {
        await client.tagResources(
          new rds.TagResourcesRequest({
            regionId,
            resourceType: "INSTANCE",
            resourceId: [instanceId],
            tag: [new rds.TagResourcesRequestTag({ key, value })],
          }),
        );
      });
    },

    untagInstance: async (instanceId, key) => {
      const regionId = await regionOf(instanceId);
      return call("UntagResources", async ({ client, rds }) => {
        await client.untagResources(
          new rds.UntagResourcesRequest({
            regionId,
            resourceType: "INSTANCE",
            resourceId: [instanceId],
            tagKey: [key],
          }),
        );
      });
    },
  };
}

function copyRequest(request: CopyRequest) {
  return {
    DBInstanceId: request.sourceDbInstanceId,
    targetDBInstanceId: request.targetDbInstanceId,
    // Today's API takes a JSON object; the comma list of older pages is gone (API page, 2026).
    dbNames: JSON.stringify(request.names),
    syncUserPrivilege: request.syncUserPrivilege ? "YES" : "NO",
    ...request.restorePoint,
  };
}

function requireRequestId(requestId: string | undefined): string {
  if (requestId) return requestId;
  throw Object.assign(new Error("The answer has no RequestId"), {
    code: "AnswerWithoutRequestId",
    statusCode: 200,
  });
}
