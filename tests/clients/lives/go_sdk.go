// The life of a copy with the Go SDK github.com/aliyun/alibaba-cloud-sdk-go.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/rds"
)

type lived struct {
	Instances []string   `json:"instances"`
	Backups   []string   `json:"backups"`
	RequestId string     `json:"requestId"`
	Watched   [][]string `json:"watched"`
	Read      string     `json:"read"`
	Dropped   [][]string `json:"dropped"`
}

var endpoint = os.Args[1]

func main() {
	result, err := life(os.Args[2], os.Args[3])
	if refused, ok := err.(errors.Error); ok {
		_ = json.NewEncoder(os.Stdout).Encode(map[string]string{"refused": refused.ErrorCode()})
		return
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(result)
}

func life(key, secret string) (*lived, error) {
	client, err := rds.NewClientWithAccessKey("cn-hangzhou", key, secret)
	if err != nil {
		return nil, err
	}
	result := lived{}

	list := rds.CreateDescribeDBInstancesRequest()
	list.Domain, list.Scheme = endpoint, "http"
	instances, err := client.DescribeDBInstances(list)
	if err != nil {
		return nil, err
	}
	for _, instance := range instances.Items.DBInstance {
		result.Instances = append(result.Instances, instance.DBInstanceId)
	}

	sets := rds.CreateDescribeBackupsRequest()
	sets.Domain, sets.Scheme, sets.DBInstanceId = endpoint, "http", "rm-prod"
	backups, err := client.DescribeBackups(sets)
	if err != nil {
		return nil, err
	}
	for _, backup := range backups.Items.Backup {
		result.Backups = append(result.Backups, backup.BackupId)
	}

	copy := rds.CreateCopyDatabaseBetweenInstancesRequest()
	copy.Domain, copy.Scheme, copy.DBInstanceId = endpoint, "http", "rm-prod"
	copy.TargetDBInstanceId, copy.BackupId = "rm-staging", result.Backups[0]
	copy.DbNames = `{"orders":"orders_copy"}`
	copied, err := client.CopyDatabaseBetweenInstances(copy)
	if err != nil {
		return nil, err
	}
	result.RequestId = copied.RequestId

	for range 3 {
		seen, err := statuses(client)
		if err != nil {
			return nil, err
		}
		result.Watched = append(result.Watched, seen)
	}
	found, err := databases(client)
	if err != nil {
		return nil, err
	}
	read := found[0]
	result.Read = fmt.Sprintf("%s %s %s", read.DBName, read.Engine, read.CharacterSetName)

	drop := rds.CreateDeleteDatabaseRequest()
	drop.Domain, drop.Scheme, drop.DBInstanceId, drop.DBName = endpoint, "http", "rm-staging", "orders_copy"
	if _, err := client.DeleteDatabase(drop); err != nil {
		return nil, err
	}
	for range 2 {
		seen, err := statuses(client)
		if err != nil {
			return nil, err
		}
		result.Dropped = append(result.Dropped, seen)
	}
	return &result, nil
}

func databases(client *rds.Client) ([]rds.Database, error) {
	request := rds.CreateDescribeDatabasesRequest()
	request.Domain, request.Scheme, request.DBInstanceId = endpoint, "http", "rm-staging"
	answer, err := client.DescribeDatabases(request)
	if err != nil {
		return nil, err
	}
	return answer.Databases.Database, nil
}

func statuses(client *rds.Client) ([]string, error) {
	found, err := databases(client)
	seen := []string{}
	for _, database := range found {
		seen = append(seen, database.DBName+" "+database.DBStatus)
	}
	return seen, err
}
