/** Where knowledge about the service comes from, with the date printed on the page or of the revision that was read. */
export interface Source {
  readonly title: string;
  readonly date: string;
}

const source = (title: string, date: string): Source => ({ title, date });

export const sources = {
  copyPage: source("API page CopyDatabaseBetweenInstances (English)", "2025-04-29"),
  copyPageNewest: source("API page CopyDatabaseBetweenInstances (Indonesian, newest wording)", "2026-06-12"),
  copyPage2019: source("API page CopyDatabaseBetweenInstances (Chinese)", "2019-05-23"),
  copyPage2019March: source("API page CopyDatabaseBetweenInstances (Chinese)", "2019-03-13"),
  copyPage2019Map: source(
    "API page CopyDatabaseBetweenInstances (Chinese), the same in the revision of 2019-04-23",
    "2019-05-23",
  ),
  copyPageOld: source("API page CopyDatabaseBetweenInstances, older editions", "2020-2022"),
  metadata: source("aliyun/aliyun-openapi-meta, metadatas/rds", "2026-04-21"),
  backupsPage: source("API page DescribeBackups", "2024-08-13"),
  attributePage: source("API page DescribeDBInstanceAttribute", "2025-05-07"),
  policyPage: source("API page DescribeBackupPolicy", "2024-08-30"),
  netInfoPage: source("API page DescribeDBInstanceNetInfo", "2024-08-15"),
  publicConnectionPage: source("API page AllocateInstancePublicConnection (SQL Server)", "2024-07-06"),
  documents2020: source("Alibaba's own RDS document repository (last public state)", "2020-12-11"),
  errorTable2020: source("RDS client error codes table", "2020-10-13"),
  statusPage: source("RDS instance states", "2024-06-07"),
  replicatePage: source("Replicate databases between ApsaraDB RDS for SQL Server instances", "2020-12-08"),
  tagsPage: source("API page AddTagsToResource", "2025-11-01"),
  signaturePage: source("Signature method V3", "2026-08-28"),
  createAccountPage: source("API page CreateAccount", "2024-07-06"),
  createBackupPage: source("API page CreateBackup (last public state of Alibaba's repository)", "2020-12-11"),
  stsErrorPage: source("STS AssumeRole common errors and causes", "2020-2026"),
  stsPage: source(
    "API pages AssumeRole, AssumeRoleWithOIDC and GetCallerIdentity (STS 2015-04-01)",
    "2026-11-25",
  ),
  sdk: source("@alicloud/rds20140815 15.4.0 and @alicloud/openapi-core 1.0.8, read and run", "2026-11-24"),
  terraform: source("terraform-provider-alicloud, read and run", "2026-08-21"),
  publicClients: source("Public clients of the service", "2026-11-24"),
  simulator: source("This simulator's own contract", "2026-11-25"),
} as const satisfies Record<string, Source>;
