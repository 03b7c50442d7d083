import { Type } from "@sinclair/typebox";

/** Kinds of fields that every part of a world is made of. */

export const strict = { additionalProperties: false };
export const text = (description: string, fallback = "") => Type.String({ default: fallback, description });
export const moment = (description: string) => Type.String({ format: "date-time", description });
export const oneOf = <const T extends string>(values: readonly T[], options: object) =>
  Type.Unsafe<T>({ type: "string", enum: [...values], ...options });
export const marks = (description: string) =>
  Type.Record(Type.String(), Type.String(), { default: {}, description });
