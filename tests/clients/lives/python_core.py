"""
The life of a copy with aliyun-python-sdk-rds, the older SDK, whose core signs with HMAC-SHA1: with answers in JSON or,
where LIFE_FORMAT says so, in XML; where LIFE_RETRIES is set, asking once more when a connection was lost.
"""
import json
import os
import sys
from xml.etree import ElementTree

from aliyunsdkcore.acs_exception.exceptions import ClientException, ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkrds.request.v20140815.CopyDatabaseBetweenInstancesRequest import CopyDatabaseBetweenInstancesRequest
from aliyunsdkrds.request.v20140815.DeleteDatabaseRequest import DeleteDatabaseRequest
from aliyunsdkrds.request.v20140815.DescribeBackupsRequest import DescribeBackupsRequest
from aliyunsdkrds.request.v20140815.DescribeDBInstancesRequest import DescribeDBInstancesRequest
from aliyunsdkrds.request.v20140815.DescribeDatabasesRequest import DescribeDatabasesRequest

endpoint, key, secret = sys.argv[1:4]
answer_format = os.environ.get("LIFE_FORMAT", "json")
client = AcsClient(key, secret, "cn-hangzhou", auto_retry=False)


def ask(request, **parameters):
    request.set_endpoint(endpoint)
    request.set_protocol_type("http")
    request.set_accept_format(answer_format)
    for name, value in parameters.items():
        getattr(request, f"set_{name}")(value)
    return json.loads(answer_to(request)) if answer_format == "json" else xml_answer(request)


def answer_to(request):
    try:
        return client.do_action_with_exception(request)
    except ClientException:
        if "LIFE_RETRIES" not in os.environ:
            raise
        return client.do_action_with_exception(request)


class Refused(Exception):
    """An error in XML; do_action_with_exception would ask for JSON whatever the request says."""


def xml_answer(request):
    root = ElementTree.fromstring(client.do_action(request))
    if root.tag == "Error":
        raise Refused(root.findtext("Code"))
    return plain(root)


def plain(element):
    """An element with elements in it is a dict, with a list where one comes more than once."""
    if len(element) == 0:
        return element.text or ""
    fields = {}
    for child in element:
        fields.setdefault(child.tag, []).append(plain(child))
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}


def entries(wrapper, name):
    """The list in its wrapper; in XML an empty one is an empty element, and one of one entry is the entry."""
    found = wrapper.get(name, []) if isinstance(wrapper, dict) else []
    return found if isinstance(found, list) else [found]


def databases():
    return entries(ask(DescribeDatabasesRequest(), DBInstanceId="rm-staging")["Databases"], "Database")


def seen():
    return [f"{database['DBName']} {database['DBStatus']}" for database in databases()]


def life():
    instances = entries(ask(DescribeDBInstancesRequest())["Items"], "DBInstance")
    backups = entries(ask(DescribeBackupsRequest(), DBInstanceId="rm-prod")["Items"], "Backup")
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
except Refused as error:
    print(json.dumps({"refused": str(error)}))
except ServerException as error:
    print(json.dumps({"refused": error.get_error_code()}))
