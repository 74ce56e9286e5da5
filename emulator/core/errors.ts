/**
 * Every error code that the control plane answers, with its status ("API Errors"; the identity codes from answers
 * that users of the official provider quote). One table: the only place where a status is chosen.
 */
export const errorStatuses = {
  CannotParseRequest: 400,
  InvalidParameter: 400,
  MissingParameter: 400,
  LimitExceeded: 400,
  RelatedResourceNotAuthorizedOrNotFound: 400,
  NotAuthenticated: 401,
  NotAllowed: 403,
  NotAuthorizedOrNotFound: 404,
  Conflict: 409,
  IncorrectState: 409,
  InvalidatedRetryToken: 409,
  CompartmentAlreadyExists: 409,
  PolicyAlreadyExists: 409,
  // unverified: a dynamic group whose name is taken answers DynamicGroupAlreadyExists, as policies answer PolicyAlreadyExists
  DynamicGroupAlreadyExists: 409,
  NoEtagMatch: 412,
  PayloadTooLarge: 413,
  FunctionInvokeRequestContentTooLarge: 413,
  TooManyRequests: 429,
  InternalServerError: 500,
  ServiceUnavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatuses;

/** An error that is answered as `{code, message}`. */
export class OciError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.name = "OciError";
    this.code = code;
    this.status = errorStatuses[code];
  }
}

/** Oracle's words for a resource that isn't there or may not be seen; `hint` is ours. */
export function notAuthorizedOrNotFound(hint?: string): OciError {
  const message = "Authorization failed or requested resource not found.";
  return new OciError("NotAuthorizedOrNotFound", hint === undefined ? message : `${message} ${hint}`);
}

/** A fault in what a client sent. */
export interface FieldProblem {
  /** Path of the field, for example `specification.routes[0].path`. */
  path: string;
  message: string;
  /** True when the field names a resource that the emulator doesn't hold. */
  isMissingResource?: boolean;
}

/** One error that lists all problems; nothing happens when there are none. */
export function refuseProblems(problems: readonly FieldProblem[]): void {
  if (problems.length === 0) return;
  const code = problems.every((problem) => problem.isMissingResource === true)
    ? "RelatedResourceNotAuthorizedOrNotFound"
    : "InvalidParameter";
  throw new OciError(code, problems.map(({ path, message }) => `${path}: ${message}`).join("; "));
}
