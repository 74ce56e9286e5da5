import { isRecord, type Properties, printable } from "../values.ts";

/** What callers of a route send, as far as the deployment's specification says it. */
export interface Credentials {
  /** What curl takes for it before the URL, with a blank after it, and what belongs behind the URL's path. */
  option: string;
  query: string;
  /** What the placeholder in it stands for, and where one gets it. */
  meaning: string;
}

/** A resource of the stack's state, as far as it is looked at. */
export interface ShownResource {
  type: string;
  inputs: Properties;
  outputs: Properties;
}

/** What the route with this URL wants of its callers. Secrets of the specification aren't shown. */
export function credentialsFor(url: string, resources: readonly ShownResource[]): Credentials {
  const specification = specificationOf(url, resources);
  const { authentication, dynamicAuthentication } = fieldsOf(specification.requestPolicies);
  const [server] = listOf(fieldsOf(dynamicAuthentication).authenticationServers);
  const given = isRecord(authentication) ? authentication : fieldsOf(server).authenticationServerDetail;
  const found = isRecord(given) ? ofAuthentication(given) : undefined;
  return (
    found ?? {
      option: "",
      query: "",
      meaning: "callers are authenticated: see the program's requestPolicies",
    }
  );
}

/** The specification of the deployment that serves the URL. */
function specificationOf(url: string, resources: readonly ShownResource[]): Properties {
  const deployments = resources.filter(({ type }) => type === "oci:ApiGateway/deployment:Deployment");
  const serving = deployments.filter(({ outputs }) => url.startsWith(textOf(printable(outputs.endpoint))));
  const nearest = serving.toSorted((one, other) => lengthOf(other) - lengthOf(one))[0];
  return fieldsOf(printable(nearest?.inputs.specification));
}

const lengthOf = ({ outputs }: ShownResource) => textOf(printable(outputs.endpoint)).length;

function ofAuthentication(given: Properties): Credentials | undefined {
  const { type, tokenHeader, tokenQueryParam, tokenAuthScheme } = given;
  const isCustom = type === "CUSTOM_AUTHENTICATION";
  const placeholder = isCustom ? "<key>" : "<token>";
  const meaning = `${placeholder} is ${isCustom ? meaningOfKey : meaningOfToken(given)}`;
  const [place, name] = placeOf(tokenHeader, tokenQueryParam, fieldsOf(given.parameters));
  if (name === undefined) return undefined;
  if (place === "query") return { option: "", query: `?${name}=${placeholder}`, meaning };
  const scheme = typeof tokenAuthScheme === "string" ? `${tokenAuthScheme} ` : "";
  return { option: `-H "${name}: ${scheme}${placeholder}" `, query: "", meaning };
}

function placeOf(header: unknown, query: unknown, parameters: Properties): [string, string | undefined] {
  if (typeof header === "string") return ["headers", header];
  if (typeof query === "string") return ["query", query];
  const [, place = "", name] =
    Object.values(parameters)
      .map((value) => /^request\.(headers|query)\[(.+)\]$/.exec(textOf(value)))
      .find((match) => match !== null) ?? [];
  return [place, name];
}

const meaningOfKey =
  "what the API's authorizer function lets in; for functions/authorizer, docs/app-keys.md says how one is made";

function meaningOfToken(given: Properties): string {
  const { additionalValidationPolicy } = fieldsOf(given.validationPolicy);
  const { issuers, audiences } = { ...given, ...fieldsOf(additionalValidationPolicy) };
  const from = listOf(issuers).map(textOf).join(" or ");
  const to = listOf(audiences).map(textOf).join(" or ");
  return `a token${from === "" ? "" : ` that ${from} has issued`}${to === "" ? "" : ` for ${to}`}`;
}

const fieldsOf = (value: unknown): Properties => (isRecord(value) ? value : {});
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
