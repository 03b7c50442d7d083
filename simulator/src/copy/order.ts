/**
 * In which order a copy is checked: which of several reasons the service names first is documented nowhere, so this
 * order is the simulator's, and the only one. The ids of rules, first checked first; those of one line exclude each
 * other, or are checked together for one party or database after the other.
 */
export const copyOrder: readonly string[] = `
  all.ram-denied
  all.missing-parameter
  copy.region-id
  all.owner all.owner-id all.owner-account
  copy.start-time
  copy.end-time
  copy.time-order
  copy.backup-location
  copy.target-id-format
  all.instance-not-found all.instance-not-found-newer all.instance-released
  copy.source-engine
  copy.target-engine
  copy.same-instance
  copy.region-of-other-site
  copy.region
  copy.network-type
  copy.serverless copy.read-only-source copy.read-only-target copy.temporary copy.guard
  copy.source-state
  copy.source-locked
  copy.target-state
  copy.category.*
  copy.version-malformed copy.2019.version-served
  copy.version copy.2019.version-equal
  copy.names-empty
  copy.names-malformed
  copy.names-source copy.names-entry
  copy.sync-value
  copy.both-points
  copy.no-point
  copy.unknown-set copy.time-format
  copy.unusable-set copy.recovery-model
  copy.time-uncovered
  copy.cold-set
  copy.source-database copy.not-in-set
  copy.snapshot-time
  copy.snapshot-set
  copy.part-of-snapshot
  copy.cold-database copy.encrypted
  copy.target-name-format copy.target-name-taken
  copy.database-count
  copy.disk-too-small
  copy.no-space
  copy.capacity
  copy.operation-failed copy.operation-failed-with
  copy.login-timed-out`
  .trim()
  .split("\n")
  .map((line) => line.trim());
