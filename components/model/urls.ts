import { type ContextScope, splitTemplate } from "./policies/context-variables.ts";
import type { Problem } from "./problems.ts";

/** Tables of "Adding Context Variables to Policies and HTTP Back End Definitions" that a URL's path may use. */
const contextPattern = /^request\.(?:host|(path|query|headers|auth|subdomain)\[([^\]]+)\])$/;

/** What a URL may refer to. */
export interface UrlScope extends ContextScope {
  /** Inside a choice between back ends: the variable that decides, which alone may stand in the host. */
  selector?: string | undefined;
}

const exampleUrl = '"https://example.com/users/${request.path[id]}"';

/**
 * What is wrong with an HTTP back end's URL ("Adding an HTTP or HTTPS URL as an API Gateway Back End"). Messages
 * never hold the URL itself, which may be a secret.
 */
export function checkUrl(url: string, scope: UrlScope, at: string): Problem[] {
  const key = `${at}.url`;
  if (typeof url !== "string") {
    const message = `must be text, for example ${exampleUrl}; is of type ${typeof url}`;
    return [{ rule: "http-url", key, message }];
  }
  const { names, rest } = splitTemplate(url, "0");
  const form = formProblem(rest);
  const problems: Problem[] = form === undefined ? [] : [{ rule: "http-url", key, message: form }];
  const authority = /^https?:\/\/[^/?#]*/.exec(url)?.[0] ?? "";
  if (splitTemplate(authority).names.some((variable) => variable !== scope.selector)) {
    problems.push({ rule: "http-url-variable", key, message: hostMessage(scope.selector) });
  }
  for (const variable of names) {
    const message = variableProblem(variable, scope);
    if (message !== undefined) problems.push({ rule: "http-url-variable", key, message });
  }
  return problems;
}

function formProblem(url: string): string | undefined {
  if (!/^https?:\/\//.test(url)) return 'must begin with "http://" or "https://", in lower case';
  if (/\s/.test(url)) return "must not hold a blank; write %20";
  if (url.includes("?")) return 'must have no query ("?…"): the gateway passes on the query of the request';
  if (url.includes("#")) return 'must have no fragment ("#…")';
  if (/^https?:\/\/[^/]*@/.test(url)) return "must not hold a user or password";
  if (url.includes("${")) return `has "\${" without "}"; for example ${exampleUrl}`;
  if (/[{}]/.test(url))
    return `has a brace; a path parameter is written \${request.path[name]}, for example ${exampleUrl}`;
  if (!/^https?:\/\/[^/]+/.test(url) || !URL.canParse(url))
    return `has no valid host and port; for example ${exampleUrl}`;
  return undefined;
}

function hostMessage(selector: string | undefined): string {
  return selector === undefined
    ? `has a variable in its host, which may stand in the path only, for example ${exampleUrl}`
    : `has a variable in its host other than the choice's selector: only "\${${selector}}" may stand there`;
}

function variableProblem(variable: string, { parameters, hasAuthentication }: UrlScope): string | undefined {
  const written = `"\${${variable}}"`;
  const match = contextPattern.exec(variable);
  if (match === null) {
    return `${written} is not a context variable that a URL takes; allowed are request.host and request.path, .query, .headers, .subdomain with a key, for example "\${request.path[id]}"`;
  }
  const [, table, name = ""] = match;
  if (table === "auth" && !hasAuthentication) {
    return `${written} needs an authentication policy: give requestPolicies.authentication to the API`;
  }
  if (table !== "path" || parameters === undefined || parameters.includes(name)) return undefined;
  const known = parameters.map((parameter) => `\${request.path[${parameter}]}`).join(", ");
  return `${written} is not a parameter of the route's path; ${known === "" ? "it has none" : `it has ${known}`}`;
}
