// The life of a copy with the core of today's Go SDKs, github.com/alibabacloud-go/darabonba-openapi: what their
// generated clients and the Terraform provider call.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

type lived struct {
	Instances []string   `json:"instances"`
	Backups   []string   `json:"backups"`
	RequestId string     `json:"requestId"`
	Watched   [][]string `json:"watched"`
	Read      string     `json:"read"`
	Dropped   [][]string `json:"dropped"`
}

type answer struct {
	RequestId string
	Items     struct {
		DBInstance []struct{ DBInstanceId string }
		Backup     []struct{ BackupId string }
	}
	Databases struct {
		Database []struct{ DBName, DBStatus, Engine, CharacterSetName string }
	}
}

var client *openapi.Client

func main() {
	var err error
	client, err = openapi.NewClient(&openapi.Config{
		AccessKeyId:     dara.String(os.Args[2]),
		AccessKeySecret: dara.String(os.Args[3]),
		Endpoint:        dara.String(os.Args[1]),
		Protocol:        dara.String("HTTP"),
		RegionId:        dara.String("cn-hangzhou"),
	})
	exitOn(err)
	result, err := life()
	var refused *tea.SDKError
	if errors.As(err, &refused) {
		_ = json.NewEncoder(os.Stdout).Encode(map[string]string{"refused": tea.StringValue(refused.Code)})
		return
	}
	exitOn(err)
	_ = json.NewEncoder(os.Stdout).Encode(result)
}

func life() (*lived, error) {
	result := lived{}
	instances, err := call("DescribeDBInstances", map[string]string{"RegionId": "cn-hangzhou"})
	if err != nil {
		return nil, err
	}
	for _, instance := range instances.Items.DBInstance {
		result.Instances = append(result.Instances, instance.DBInstanceId)
	}
	backups, err := call("DescribeBackups", map[string]string{"DBInstanceId": "rm-prod"})
	if err != nil {
		return nil, err
	}
	for _, backup := range backups.Items.Backup {
		result.Backups = append(result.Backups, backup.BackupId)
	}
	copied, err := call("CopyDatabaseBetweenInstances", map[string]string{
		"DBInstanceId":       "rm-prod",
		"TargetDBInstanceId": "rm-staging",
		"BackupId":           result.Backups[0],
		"DbNames":            `{"orders":"orders_copy"}`,
	})
	if err != nil {
		return nil, err
	}
	result.RequestId = copied.RequestId
	for range 3 {
		seen, err := statuses()
		if err != nil {
			return nil, err
		}
		result.Watched = append(result.Watched, seen)
	}
	found, err := databases()
	if err != nil {
		return nil, err
	}
	read := found.Databases.Database[0]
	result.Read = fmt.Sprintf("%s %s %s", read.DBName, read.Engine, read.CharacterSetName)
	drop := map[string]string{"DBInstanceId": "rm-staging", "DBName": "orders_copy"}
	if _, err := call("DeleteDatabase", drop); err != nil {
		return nil, err
	}
	for range 2 {
		seen, err := statuses()
		if err != nil {
			return nil, err
		}
		result.Dropped = append(result.Dropped, seen)
	}
	return &result, nil
}

func databases() (*answer, error) {
	return call("DescribeDatabases", map[string]string{"DBInstanceId": "rm-staging"})
}

func statuses() ([]string, error) {
	found, err := databases()
	if err != nil {
		return nil, err
	}
	seen := []string{}
	for _, database := range found.Databases.Database {
		seen = append(seen, database.DBName+" "+database.DBStatus)
	}
	return seen, nil
}

// As the generated clients call it.
func call(action string, query map[string]string) (*answer, error) {
	params := &openapi.Params{
		Action:      dara.String(action),
		Version:     dara.String("2014-08-15"),
		Protocol:    dara.String("HTTP"),
		Pathname:    dara.String("/"),
		Method:      dara.String("POST"),
		AuthType:    dara.String("AK"),
		Style:       dara.String("RPC"),
		ReqBodyType: dara.String("formData"),
		BodyType:    dara.String("json"),
	}
	parameters := map[string]*string{}
	for name, value := range query {
		parameters[name] = dara.String(value)
	}
	// The SDK's own three seconds are few on a busy machine.
	runtime := &dara.RuntimeOptions{ReadTimeout: dara.Int(60000), ConnectTimeout: dara.Int(60000)}
	got, err := client.CallApi(params, &openapi.OpenApiRequest{Query: parameters}, runtime)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(got["body"])
	if err != nil {
		return nil, err
	}
	result := answer{}
	return &result, json.Unmarshal(text, &result)
}

func exitOn(err error) {
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
