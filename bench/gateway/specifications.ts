/** What a stock response and the fixed answers say. */
export const stockBody = '{"message":"Hello, Ada","at":"2026-01-01T00:00:00Z"}';

const json = { name: "Content-Type", value: "application/json" };
export const stock = { type: "STOCK_RESPONSE_BACKEND", status: 200, headers: [json], body: stockBody };

export function http(port: number) {
  return { type: "HTTP_BACKEND", url: `http://127.0.0.1:${port}/hello` };
}

/** One route without policies. */
export function plain(backend: object): object {
  return { routes: [{ path: "/hello", methods: ["GET"], backend }] };
}

/** The route that is called, among fifty: as many as OCI allows. */
export const calledPath = "/orders/42/items";

const rateLimiting = { rateInRequestsPerSecond: 150_000, rateKey: "CLIENT_IP" };
const cors = {
  allowedOrigins: ["https://shop.example.com", "https://admin.example.com"],
  allowedMethods: ["GET", "POST"],
  allowedHeaders: ["Content-Type"],
  exposedHeaders: ["X-Served-By"],
  isAllowCredentialsEnabled: true,
  maxAgeInSeconds: 600,
};
const requestPolicies = {
  headerValidations: { headers: [{ name: "X-Tenant", required: true }] },
  queryParameterValidations: { parameters: [{ name: "page", required: true }] },
  headerTransformations: {
    setHeaders: { items: [{ name: "X-Order", values: ["${request.path[id]}"], ifExists: "OVERWRITE" }] },
    renameHeaders: { items: [{ from: "X-Tenant", to: "X-Customer" }] },
  },
};
const responsePolicies = {
  headerTransformations: {
    setHeaders: { items: [{ name: "X-Served-By", values: ["gateway"], ifExists: "OVERWRITE" }] },
  },
};

/** Fifty routes, the called one with each policy that a route has, CORS and a rate limit. */
export function full(backend: object, more: { authentication?: object } = {}): object {
  const authorization =
    more.authentication === undefined ? {} : { authorization: { type: "AUTHENTICATION_ONLY" } };
  const others = Array.from({ length: 49 }, (_, index) => ({
    path: index % 2 === 0 ? `/things${index}/{id}` : `/list${index}`,
    methods: ["GET", "POST"],
    backend,
    requestPolicies: { ...requestPolicies, ...authorization },
    responsePolicies,
  }));
  const called = { path: "/orders/{id}/items", methods: ["GET"], backend };
  return {
    requestPolicies: { cors, rateLimiting, ...more },
    routes: [
      ...others.slice(0, 25),
      { ...called, requestPolicies: { ...requestPolicies, ...authorization }, responsePolicies },
      ...others.slice(25),
    ],
  };
}

/** One route behind a rate limit. */
export function limited(rateInRequestsPerSecond: number, rateKey: "TOTAL" | "CLIENT_IP"): object {
  return {
    requestPolicies: { rateLimiting: { rateInRequestsPerSecond, rateKey } },
    routes: [{ path: "/hello", methods: ["GET"], backend: stock }],
  };
}

/** One route, and tokens that are signed by the key. */
export function withTokens(publicKey: string): object {
  return {
    requestPolicies: { authentication: tokens(publicKey) },
    routes: [
      {
        path: "/hello",
        methods: ["GET"],
        backend: stock,
        requestPolicies: { authorization: { type: "AUTHENTICATION_ONLY" } },
      },
    ],
  };
}

export function tokens(publicKey: string): object {
  return {
    type: "TOKEN_AUTHENTICATION",
    tokenHeader: "Authorization",
    tokenAuthScheme: "Bearer",
    validationPolicy: {
      type: "STATIC_KEYS",
      keys: [{ format: "PEM", kid: "bench", key: publicKey }],
      additionalValidationPolicy: { issuers: ["https://idp.example.com"], audiences: ["bench"] },
    },
  };
}

/** A GET as browsers and their libraries send it. */
export function get(path: string, more: readonly string[] = []): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    "Host: api.example.com",
    "User-Agent: bench/1",
    "Accept: application/json",
    "Origin: https://shop.example.com",
    "X-Tenant: acme",
    ...more,
  ];
  return `${lines.join("\r\n")}\r\n\r\n`;
}
