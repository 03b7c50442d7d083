/** A parameter of SQL Server that an instance can be set to. */
export interface SqlServerParameter {
  readonly name: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
  readonly restart: boolean;
  readonly description: string;
}

const parameter = (
  name: string,
  value: number,
  [from, to]: readonly [number, number],
  description: string,
  restart = false,
): SqlServerParameter => ({ name, value: String(value), from, to, restart, description });

/** Options of sp_configure, with their ranges and defaults, that the console offers for an instance. */
export const sqlServerParameters: readonly SqlServerParameter[] = [
  parameter("blocked process threshold (s)", 0, [0, 86400], "After how long a blocked process is reported."),
  parameter("cost threshold for parallelism", 5, [0, 32767], "From which cost on a plan is parallel."),
  parameter("fill factor (%)", 0, [0, 100], "How full a page of an index is made.", true),
  parameter("max degree of parallelism", 2, [0, 32767], "How many processors one plan uses."),
  parameter("max text repl size (B)", 65536, [-1, 2147483647], "How large replicated text can be."),
  parameter("max worker threads", 0, [0, 32767], "How many worker threads there are.", true),
  parameter("min memory per query (KB)", 1024, [512, 2147483647], "How much memory a query has at least."),
  parameter("nested triggers", 1, [0, 1], "Whether a trigger can set off another."),
  parameter("optimize for ad hoc workloads", 0, [0, 1], "Whether a plan used once is kept whole."),
  parameter("query governor cost limit", 0, [0, 2147483647], "Which cost a query may have at most."),
  parameter("query wait (s)", -1, [-1, 2147483647], "For how long a query waits for memory."),
  parameter("remote query timeout (s)", 600, [0, 2147483647], "For how long a remote query is waited for."),
  parameter("scan for startup procs", 0, [0, 1], "Whether procedures are run at the start.", true),
];
