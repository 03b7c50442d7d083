import { createHash } from "node:crypto";

/**
 * One of several texts for the same refusal. The service words its messages differently by edition and
 * language, so nobody may match on them; a world that always used one text would hide it.
 */
export function variedMessage(message: string, seed: number, requestId: string): string {
  if (message.includes(signedTextMark)) return message;
  const pick = fraction(`${seed}:${requestId}`) * wordings.length;
  return (wordings[Math.floor(pick)] ?? plain)(message);
}

/**
 * Official clients cut the message of a wrong signature at this mark, to tell a wrong secret from a bug of
 * their own; the Python one (aliyun-python-sdk-core 2.16) even fails where there is no colon.
 */
export const signedTextMark = "server string to sign is:";

/** A number in [0, 1) that always follows from the text. */
export const fraction = (text: string): number =>
  createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;

const plain = (message: string) => message;
const wordings = [
  plain,
  (message: string) => `The request was refused. ${message}`,
  (message: string) => `${message} Check the request and the state of the instances.`,
];
