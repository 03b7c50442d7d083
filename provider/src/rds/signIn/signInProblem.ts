/**
 * Why nobody could sign in: a sentence without a secret. The call that wanted to be signed says it as its
 * own failure.
 */
export class SignInProblem extends Error {
  override readonly name = "SignInProblem";

  constructor(
    /** A name of ours, or the code of a network or of a service that cannot be asked just now. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
