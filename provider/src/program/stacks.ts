/** Stacks of errors are short for a while. */
export interface ShortStacks {
  /** Ends it; may be called again. */
  end(): void;
  /** An error of that while, with the stack from where `declared` was called. */
  traced(error: unknown, declared: NewableFunction): unknown;
}

/**
 * For each property of a resource the SDK keeps four stacks, to tell which promises were leaked: nine tenths of what it takes
 * to declare a copy, which has 24 properties (docs/engine-notes.md). It asks for that with `PULUMI_DEBUG_PROMISE_LEAKS`. Where
 * in the program a resource is declared it finds by a stack of its own, of any length.
 */
export function shortStacks(): ShortStacks {
  const { stackTraceLimit } = Error;
  if (!process.env["PULUMI_DEBUG_PROMISE_LEAKS"]) Error.stackTraceLimit = 0;
  const end = () => {
    Error.stackTraceLimit = stackTraceLimit;
  };
  return {
    end,
    traced(error, declared) {
      end();
      if (error instanceof Error) Error.captureStackTrace(error, declared);
      return error;
    },
  };
}
