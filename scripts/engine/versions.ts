/**
 * The versions an engine of our own is built from. They are the key of the cache, so a changed
 * version builds anew and leaves the old engine in place for other checkouts.
 */
export const engineVersions = {
  /** Module `github.com/pulumi/pulumi/pkg/v3`, the CLI with the engine inside. */
  cli: "3.259.0",
  /**
   * Module `github.com/pulumi/pulumi/sdk/v3`: the last version that carries the Node.js language
   * host inside the SDK module. Later hosts live in a module of their own that the Go module proxy
   * does not serve. This one runs today's `@pulumi/pulumi` without trouble (docs/engine-notes.md).
   */
  nodeLanguageHost: "3.52.0",
  /** Go must be at least this new to build the CLI. */
  minimumGo: "1.25.0",
} as const;

/** Older CLIs on PATH are passed over: import files with outputs need 3.254, the SDK needs 3.2xx. */
export const minimumCli = "3.216.0";
