"""The life of a copy with alibabacloud_rds20140815, the generated SDK of today."""
import json
import sys

from Tea.exceptions import TeaException
from darabonba.exceptions import DaraException
from alibabacloud_rds20140815.client import Client
from alibabacloud_rds20140815 import models as rds
from alibabacloud_tea_openapi.utils_models import Config

endpoint, key, secret = sys.argv[1:4]
client = Client(Config(endpoint=endpoint, protocol="http", access_key_id=key, access_key_secret=secret))


def databases():
    request = rds.DescribeDatabasesRequest(dbinstance_id="rm-staging")
    return client.describe_databases(request).body.databases.database or []


def seen():
    return [f"{database.dbname} {database.dbstatus}" for database in databases()]


def life():
    instances = client.describe_dbinstances(rds.DescribeDBInstancesRequest(region_id="cn-hangzhou")).body
    backups = client.describe_backups(rds.DescribeBackupsRequest(dbinstance_id="rm-prod")).body
    copied = client.copy_database_between_instances(
        rds.CopyDatabaseBetweenInstancesRequest(
            dbinstance_id="rm-prod",
            target_dbinstance_id="rm-staging",
            backup_id=backups.items.backup[0].backup_id,
            db_names=json.dumps({"orders": "orders_copy"}),
        )
    ).body
    watched = [seen(), seen(), seen()]
    read = databases()[0]
    client.delete_database(rds.DeleteDatabaseRequest(dbinstance_id="rm-staging", dbname="orders_copy"))
    return {
        "instances": [instance.dbinstance_id for instance in instances.items.dbinstance],
        "backups": [backup.backup_id for backup in backups.items.backup],
        "requestId": copied.request_id,
        "watched": watched,
        "read": f"{read.dbname} {read.engine} {read.character_set_name}",
        "dropped": [seen(), seen()],
    }


try:
    print(json.dumps(life()))
except (TeaException, DaraException) as error:
    print(json.dumps({"refused": error.code}))
