import { Type, type Static, type TObject } from "@sinclair/typebox";

const strict = { additionalProperties: false };
const status = Type.Integer({ minimum: 200, maximum: 599 });
/** Whether the call was carried out although the answer says something else, as behind a gateway that lost patience. */
const carriedOut = Type.Optional(Type.Boolean());

const whenBranches = {
  nth: Type.Object({ nth: Type.Integer({ minimum: 1 }) }, strict),
  times: Type.Object({ times: Type.Integer({ minimum: 1 }) }, strict),
  probability: Type.Object(
    { probability: Type.Number({ minimum: 0, maximum: 1 }), seed: Type.Optional(Type.Integer()) },
    strict,
  ),
};

const thenBranches = {
  error: Type.Object(
    {
      error: Type.Object(
        {
          status,
          code: Type.String({ minLength: 1 }),
          message: Type.Optional(Type.String()),
          retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
          carriedOut,
        },
        strict,
      ),
    },
    strict,
  ),
  raw: Type.Object(
    {
      raw: Type.Object(
        {
          status,
          contentType: Type.Optional(Type.String()),
          body: Type.String(),
          headers: Type.Optional(Type.Record(Type.String(), Type.String())),
          carriedOut,
        },
        strict,
      ),
    },
    strict,
  ),
  /** A day at the most: timers that wait longer than 24 days do not wait at all. */
  delayMs: Type.Object({ delayMs: Type.Integer({ minimum: 0, maximum: 24 * 3600 * 1000 }) }, strict),
  slow: Type.Object(
    { slow: Type.Object({ bytesPerSecond: Type.Number({ minimum: 0.001, maximum: 1e9 }) }, strict) },
    strict,
  ),
  drop: Type.Object(
    {
      drop: Type.Unsafe<"before" | "after" | "midway">({
        type: "string",
        enum: ["before", "after", "midway"],
      }),
    },
    strict,
  ),
};

const whenSchema = Type.Union([whenBranches.nth, whenBranches.times, whenBranches.probability]);
const thenSchema = Type.Union([
  thenBranches.error,
  thenBranches.raw,
  thenBranches.delayMs,
  thenBranches.slow,
  thenBranches.drop,
]);

const ruleFields = { action: Type.String(), when: Type.Optional(whenSchema), then: thenSchema };

const count = Type.Integer({ minimum: 0 });
/** A rule in force, as it is saved. */
export const faultSchema = Type.Object({ ...ruleFields, id: count, tried: count, fired: count }, strict);

/** When a rule fires among the calls it is tried for: the nth one, the first so many, or by chance. Without: always. */
export type FaultWhen = Static<typeof whenSchema>;
/** What happens instead of, or to, the answer. */
export type FaultThen = Static<typeof thenSchema>;
/** A rule as it is given: an action's name, or `*`. */
export type FaultRule = Static<TObject<typeof ruleFields>>;

/** A rule in force. */
export interface Fault extends FaultRule {
  readonly id: number;
  /** How often it was tried, and how often it fired. */
  readonly tried: number;
  readonly fired: number;
}

/** The parts of a rule, each of its branches under the name that tells it. */
export const ruleParts = {
  rule: Type.Object(
    { action: Type.String(), when: Type.Optional(Type.Unknown()), then: Type.Unknown() },
    strict,
  ),
  when: whenBranches,
  then: thenBranches,
};
