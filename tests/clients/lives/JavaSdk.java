import com.aliyun.rds20140815.Client;
import com.aliyun.rds20140815.models.*;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The life of a copy with the Java SDK com.aliyun:rds20140815. */
public class JavaSdk {
    private static Client client;

    public static void main(String[] args) throws Exception {
        client = new Client(new Config().setEndpoint(args[0]).setProtocol("http")
            .setAccessKeyId(args[1]).setAccessKeySecret(args[2]));
        try {
            System.out.println(new Gson().toJson(life()));
        } catch (TeaException error) {
            System.out.println(new Gson().toJson(Map.of("refused", error.getCode())));
        }
        System.exit(0);
    }

    private static Map<String, Object> life() throws Exception {
        Map<String, Object> lived = new LinkedHashMap<>();
        List<String> instances = new ArrayList<>();
        for (var instance : client.describeDBInstances(new DescribeDBInstancesRequest().setRegionId("cn-hangzhou"))
            .getBody().getItems().getDBInstance()) instances.add(instance.getDBInstanceId());
        lived.put("instances", instances);
        List<String> backups = new ArrayList<>();
        for (var backup : client.describeBackups(new DescribeBackupsRequest().setDBInstanceId("rm-prod"))
            .getBody().getItems().getBackup()) backups.add(backup.getBackupId());
        lived.put("backups", backups);
        lived.put("requestId", client.copyDatabaseBetweenInstances(new CopyDatabaseBetweenInstancesRequest()
            .setDBInstanceId("rm-prod").setTargetDBInstanceId("rm-staging").setBackupId(backups.get(0))
            .setDbNames("{\"orders\":\"orders_copy\"}")).getBody().getRequestId());
        lived.put("watched", List.of(seen(), seen(), seen()));
        var read = databases().get(0);
        lived.put("read", read.getDBName() + " " + read.getEngine() + " " + read.getCharacterSetName());
        client.deleteDatabase(new DeleteDatabaseRequest().setDBInstanceId("rm-staging").setDBName("orders_copy"));
        lived.put("dropped", List.of(seen(), seen()));
        return lived;
    }

    private static List<DescribeDatabasesResponseBody.DescribeDatabasesResponseBodyDatabasesDatabase> databases()
        throws Exception {
        return client.describeDatabases(new DescribeDatabasesRequest().setDBInstanceId("rm-staging"))
            .getBody().getDatabases().getDatabase();
    }

    private static List<String> seen() throws Exception {
        List<String> texts = new ArrayList<>();
        for (var database : databases()) texts.add(database.getDBName() + " " + database.getDBStatus());
        return texts;
    }
}
