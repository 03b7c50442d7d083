/** `yyyy-MM-ddTHH:mmZ`: what DescribeBackups, DescribeLogBackupFiles and DescribeTasks take. */
export function toMinute(time: Date): string {
  return `${time.toISOString().slice(0, 16)}Z`;
}

/** `yyyy-MM-ddTHH:mm:ssZ`: what DescribeHistoryTasks takes. */
export function toSecond(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
