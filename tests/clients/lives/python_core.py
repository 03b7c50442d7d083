"""The life of a copy with aliyun-python-sdk-rds, the older SDK, whose core signs with HMAC-SHA1."""
import json
import sys

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkrds.request.v20140815.CopyDatabaseBetweenInstancesRequest import CopyDatabaseBetweenInstancesRequest
from aliyunsdkrds.request.v20140815.DeleteDatabaseRequest import DeleteDatabaseRequest
from aliyunsdkrds.request.v20140815.DescribeBackupsRequest import DescribeBackupsRequest
from aliyunsdkrds.request.v20140815.DescribeDBInstancesRequest import DescribeDBInstancesRequest
from aliyunsdkrds.request.v20140815.DescribeDatabasesRequest import DescribeDatabasesRequest

endpoint, key, secret = sys.argv[1:4]
client = AcsClient(key, secret, "cn-hangzhou", auto_retry=False)


def ask(request, **parameters):
    request.set_endpoint(endpoint)
    request.set_protocol_type("http")
    request.set_accept_format("json")
    for name, value in parameters.items():
        getattr(request, f"set_{name}")(value)
    return json.loads(client.do_action_with_exception(request))


def databases():
    return ask(DescribeDatabasesRequest(), DBInstanceId="rm-staging")["Databases"]["Database"]


def seen():
    return [f"{database['DBName']} {database['DBStatus']}" for database in databases()]


def life():
    instances = ask(DescribeDBInstancesRequest())["Items"]["DBInstance"]
    backups = ask(DescribeBackupsRequest(), DBInstanceId="rm-prod")["Items"]["Backup"]
    copied = ask(
        CopyDatabaseBetweenInstancesRequest(),
        DBInstanceId="rm-prod",
        TargetDBInstanceId="rm-staging",
        BackupId=backups[0]["BackupId"],
        DbNames=json.dumps({"orders": "orders_copy"}),
    )
    watched = [seen(), seen(), seen()]
    read = databases()[0]
    ask(DeleteDatabaseRequest(), DBInstanceId="rm-staging", DBName="orders_copy")
    return {
        "instances": [instance["DBInstanceId"] for instance in instances],
        "backups": [backup["BackupId"] for backup in backups],
        "requestId": copied["RequestId"],
        "watched": watched,
        "read": f"{read['DBName']} {read['Engine']} {read['CharacterSetName']}",
        "dropped": [seen(), seen()],
    }


try:
    print(json.dumps(life()))
except ServerException as error:
    print(json.dumps({"refused": error.get_error_code()}))
