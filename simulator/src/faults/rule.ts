import { Type, type Static } from "@sinclair/typebox";
import { Ajv } from "ajv";

const strict = { additionalProperties: false };
const status = Type.Integer({ minimum: 200, maximum: 599 });
/** Whether the call was carried out although the answer says something else, as behind a gateway that lost patience. */
const carriedOut = Type.Optional(Type.Boolean());

const whenSchema = Type.Union([
  Type.Object({ nth: Type.Integer({ minimum: 1 }) }, strict),
  Type.Object({ times: Type.Integer({ minimum: 1 }) }, strict),
  Type.Object(
    { probability: Type.Number({ minimum: 0, maximum: 1 }), seed: Type.Optional(Type.Integer()) },
    strict,
  ),
]);

const thenSchema = Type.Union([
  Type.Object(
    {
      error: Type.Object(
        {
          status,
          code: Type.String(),
          message: Type.Optional(Type.String()),
          retryAfterMs: Type.Optional(Type.Integer({ minimum: 0 })),
          carriedOut,
        },
        strict,
      ),
    },
    strict,
  ),
  Type.Object(
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
  Type.Object({ delayMs: Type.Integer({ minimum: 0 }) }, strict),
  Type.Object(
    { slow: Type.Object({ bytesPerSecond: Type.Number({ exclusiveMinimum: 0 }) }, strict) },
    strict,
  ),
  Type.Object(
    { drop: Type.Union([Type.Literal("before"), Type.Literal("after"), Type.Literal("midway")]) },
    strict,
  ),
]);

const ruleFields = { action: Type.String(), when: Type.Optional(whenSchema), then: thenSchema };
const ruleSchema = Type.Object(ruleFields, strict);

const count = Type.Integer({ minimum: 0 });
/** A rule in force, as it is saved. */
export const faultSchema = Type.Object({ ...ruleFields, id: count, tried: count, fired: count }, strict);

/** When a rule fires among the calls it is tried for: the nth one, the first so many, or by chance. Without: always. */
export type FaultWhen = Static<typeof whenSchema>;
/** What happens instead of, or to, the answer. */
export type FaultThen = Static<typeof thenSchema>;
/** A rule as it is given: an action's name, or `*`. */
export type FaultRule = Static<typeof ruleSchema>;

/** A rule in force. */
export interface Fault extends FaultRule {
  readonly id: number;
  /** How often it was tried, and how often it fired. */
  readonly tried: number;
  readonly fired: number;
}

/** @throws Error whose message is a sentence about what is wrong */
export function readFaultRule(value: unknown): FaultRule {
  if (validate(value)) return value;
  throw new Error(
    `This is not a fault rule: ${ajv.errorsText(validate.errors, { dataVar: "rule" })}. ` +
      'An example: {"action": "DescribeBackups", "when": {"nth": 1}, "then": {"delayMs": 6000}}.',
  );
}

const ajv = new Ajv({ allErrors: true });
const validate = ajv.compile<FaultRule>(ruleSchema);
