/** What came back from one call. */
export type Outcome =
  | { kind: "answer"; status: number; body: string }
  /** `code` of Node's error: ENOTFOUND, ECONNREFUSED, …; `timeout` when nothing came in time. */
  | { kind: "failure"; code: string; message: string };

/** What an outcome means: the API answers, it may yet, or it won't by waiting. */
export interface Diagnosis {
  verdict: "callable" | "wait" | "broken";
  /** The outcome in a few words: `answers 500 Internal Server Error`. */
  outcome: string;
  /** Which link is broken; empty when none is. */
  link: string;
  cure: string;
}

/**
 * The gateway's own answers are `{"code": …, "message": …}` with the status and its phrase; anything else was written by
 * the function. Statuses: "Troubleshooting API Gateway", "Troubleshooting OCI Functions".
 */
const ofGateway: Readonly<Record<number, Pick<Diagnosis, "verdict" | "link" | "cure">>> = {
  401: {
    verdict: "broken",
    link: "the route asks for credentials, which this command has none of",
    cure: "call a route without authentication: --route <path>",
  },
  403: {
    verdict: "broken",
    link: "the route asks for a subscriber's token, which this command has none of",
    cure: "call a route without usage plan: --route <path>",
  },
  404: {
    verdict: "wait",
    link: "the gateway knows no such route (or hides it for want of a scope)",
    cure: "compare the path with the deployment's path prefix and routes; a new deployment takes a moment to be served",
  },
  405: {
    verdict: "broken",
    link: "the gateway knows the path, but not for GET",
    cure: "call a route that takes GET: --route <path>",
  },
  429: {
    verdict: "wait",
    link: "more requests come than the rate limit lets through",
    cure: "try again when there are fewer",
  },
  500: {
    verdict: "wait",
    link: "the gateway may not call the function, or the function is gone",
    cure: "policies take seconds, a changed matching rule up to an hour. After that: does the dynamic group's rule match the gateway's compartment, does a policy let the group use functions-family in the functions' compartment, does the function of the route still exist? The execution log says functionBackend.notFoundOrNotAuthorized",
  },
  502: {
    verdict: "wait",
    link: "the function can't be started, or it ends without an answer",
    cure: "is the image in the region's registry, with the digest and for the processor of the application's shape, and does the functions' subnet reach Oracle's services (else FunctionInvokeImageNotAvailable)? Then see the function's log: it fails or crashes",
  },
  503: {
    verdict: "wait",
    link: "gateway or Functions have no capacity at the moment",
    cure: "try again; for a steady load ask for a higher service limit",
  },
  504: {
    verdict: "wait",
    link: "the function doesn't answer within its time-out",
    cure: "raise timeoutInSeconds or memoryInMBs of the function (a start with too little memory takes long), and see what it waits for: a subnet without egress lets calls hang",
  },
};

/** Codes of Node's network errors. */
const ofConnection: readonly { codes: RegExp; link: string; cure: string; verdict?: "broken" }[] = [
  {
    codes: /^(ENOTFOUND|EAI_AGAIN|ENODATA)$/,
    link: "DNS: the host name leads nowhere",
    cure: "a new gateway's name takes a minute; the gateway may have been replaced (pulumi stack output endpoint); a private gateway's name may be known inside its VCN only",
  },
  {
    codes: /^ECONNREFUSED$/,
    link: "nothing listens at the address",
    cure: "does the gateway still exist (locally: does the emulator still run)?",
  },
  {
    codes: /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/,
    link: "no connection: a private endpoint, or a rule that keeps port 443 closed",
    cure: "does the gateway have a PUBLIC endpoint, its subnet a route to an internet gateway, and the security list or network security group an ingress rule for TCP 443 from here (allowedCidrs)? Call a PRIVATE endpoint from inside the VCN",
  },
  {
    codes: /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS)/,
    link: "the certificate isn't trusted or is for another name",
    cure: "call the gateway by the name of its certificate; in other realms than OC1 a gateway needs a certificate of its own",
    verdict: "broken",
  },
];

/** What one outcome means. */
export function diagnose(outcome: Outcome): Diagnosis {
  if (outcome.kind === "failure") return ofFailure(outcome);
  const { status } = outcome;
  const isOwn = !isGatewayAnswer(outcome);
  const known = isOwn ? undefined : ofGateway[status];
  if (known !== undefined) return { ...known, outcome: phrase(outcome) };
  if (status < 500) return { verdict: "callable", outcome: `answers ${status}`, link: "", cure: "" };
  return {
    verdict: "broken",
    outcome: `answers ${status}`,
    link: isOwn ? "the function answers, and says itself that it failed" : "the gateway failed",
    cure: isOwn ? "see the function's log" : "try again later",
  };
}

function ofFailure({ code, message }: Extract<Outcome, { kind: "failure" }>): Diagnosis {
  const outcome = `fails with ${code} (${message})`;
  const known = ofConnection.find(({ codes }) => codes.test(code));
  if (known !== undefined)
    return { verdict: known.verdict ?? "wait", outcome, link: known.link, cure: known.cure };
  const link = code === "timeout" ? "the gateway took the request and didn't answer" : "the connection broke";
  return {
    verdict: "wait",
    outcome,
    link,
    cure: "try again; then see the gateway's and the function's logs",
  };
}

function isGatewayAnswer({ status, body }: { status: number; body: string }): boolean {
  try {
    const { code, message, ...rest } = JSON.parse(body) as Record<string, unknown>;
    return code === status && typeof message === "string" && Object.keys(rest).length === 0;
  } catch {
    return false;
  }
}

function phrase({ status, body }: { status: number; body: string }): string {
  return `answers ${status} ${(JSON.parse(body) as { message: string }).message}`;
}
