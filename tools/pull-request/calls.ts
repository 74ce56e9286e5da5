import { withMadeUpParameters } from "../../local/show/outputs.ts";

/** One call of the API and what came back. */
export interface Call {
  method: string;
  url: string;
  /** 0 when nothing came back. */
  status: number;
  body: string;
  isOk: boolean;
}

interface Route {
  methods: readonly string[];
  path: string;
  url: string;
}

/** The calls that need no knowledge of the API: each route that takes GET, with made-up parameters. */
export function plannedCalls(outputs: Readonly<Record<string, unknown>>): string[] {
  const routes = Array.isArray(outputs.routes) ? (outputs.routes as Route[]) : [];
  return routes
    .filter(({ methods }) => methods.includes("GET") || methods.includes("ANY"))
    .map(({ url }) => withMadeUpParameters(url));
}

/** Calls a URL. It is well when the API itself answers, other than with a failure of its own (5xx). */
export async function callUrl(url: string): Promise<Call> {
  try {
    const response = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(60_000) });
    const body = await response.text();
    const { status } = response;
    return { method: "GET", url, status, body, isOk: status < 500 && !isGatewayRefusal(status, body) };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: Error };
    return { method: "GET", url, status: 0, body: cause?.message || message, isOk: false };
  }
}

/** A declared route that the gateway answers itself with 404 or 405 isn't served. */
function isGatewayRefusal(status: number, body: string): boolean {
  return (status === 404 || status === 405) && body.includes(`"code":${status}`);
}
