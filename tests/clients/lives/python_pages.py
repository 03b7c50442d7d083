"""All backup sets of an instance, page by page, with alibabacloud_rds20140815, the generated SDK of today."""
import json
import sys

from alibabacloud_rds20140815.client import Client
from alibabacloud_rds20140815 import models as rds
from alibabacloud_tea_openapi.utils_models import Config

endpoint, key, secret = sys.argv[1:4]
client = Client(Config(endpoint=endpoint, protocol="http", access_key_id=key, access_key_secret=secret))


def pages():
    number = 1
    while True:
        request = rds.DescribeBackupsRequest(dbinstance_id="rm-prod", page_size=50, page_number=number)
        answer = client.describe_backups(request).body
        found = answer.items.backup or []
        yield [backup.backup_id for backup in found]
        number += 1
        if (number - 1) * 50 >= int(answer.total_record_count):
            return


print(json.dumps({"pages": list(pages())}))
