import { deployment, describeRules, gateway, route, unknown } from "./table.ts";

const at = (index: number, path: string, what: string, name = "deployment") =>
  `deployment "${name}": specification.routes[${index}].path is "${path}"; ${what}, or declare it: deployments: ["${name}"]`;
const beside = (pathPrefix: string, ...routes: Readonly<Record<string, unknown>>[]) =>
  deployment({ routes }, { pathPrefix }, "beside");
const elsewhere = (properties: Readonly<Record<string, unknown>>) => ({
  ...deployment({}, properties, "beside"),
  uses: {},
});

describeRules({
  "routes-shadowed": [
    {
      title: "routes of their own, prefixes side by side",
      resources: [
        gateway(),
        deployment({
          routes: [route("/users", "GET"), route("/users", "POST"), route("/users/{id}", "GET")],
        }),
        beside("/v2", route("/users", "GET")),
      ],
      says: [],
    },
    {
      title: "the same prefix on two gateways",
      resources: [
        gateway(),
        gateway({}, "other"),
        deployment(),
        { ...deployment({}, {}, "beside"), uses: { gatewayId: ["other"] } },
      ],
      says: [],
    },
    {
      title: "a gateway of the program, and one of another stack",
      resources: [gateway(), deployment(), elsewhere({ gatewayId: "ocid1.apigateway.a" })],
      says: [],
    },
    {
      title: "gateways of other stacks, and none at all",
      resources: [
        { ...deployment({}, { gatewayId: "ocid1.apigateway.a" }), uses: {} },
        elsewhere({ gatewayId: "ocid1.apigateway.b" }),
        { ...deployment({}, { gatewayId: null }, "c"), uses: {} },
        { ...deployment({}, { gatewayId: null }, "d"), uses: {} },
      ],
      says: [],
    },
    {
      title: "what OCI refuses as a route: no slash, and too many",
      resources: [
        gateway(),
        deployment({ routes: [route("a"), route("a"), route(null)] }),
        beside("/v2", ...Array.from({ length: 51 }, (_, index) => route(`/${index}`))),
      ],
      says: [],
    },
    {
      title: "routes beside the prefix of another deployment",
      resources: [
        gateway(),
        deployment({
          routes: [route("/admin"), route("/admin/users"), route("/admin/{id}"), route("/users/keys")],
        }),
        beside("/v1/admin/keys"),
      ],
      says: [],
    },
    {
      title: "an exception",
      resources: [deployment({ routes: [route("/a"), route("/a")] })],
      config: { deployments: ["*"] },
      says: [],
    },
    {
      title: "one route twice, and one that differs in its parameter's name",
      resources: [
        deployment({ routes: [route("/a/{id}"), route("/a/{id}", "GET,POST"), route("/a/{name}", "POST")] }),
      ],
      says: [
        at(
          1,
          "/a/{id}",
          'it has path "/a/{id}" and GET in common with routes["GET /a/{id}"]; keep one of them',
        ),
        at(
          2,
          "/a/{name}",
          "it answers the same requests as routes[\"GET,POST /a/{id}\"]; Oracle's documents don't say which one wins: keep one",
        ),
      ],
    },
    {
      title: "a route below the prefix of another deployment",
      resources: [
        gateway(),
        deployment({ routes: [route("/admin/users"), route("/administrators"), route("/{any}")] }),
        beside("/v1/admin", route("/keys")),
      ],
      says: [
        at(
          0,
          "/admin/users",
          'deployment "beside" answers all below "/v1/admin" on this gateway; move the route there, or give it another path',
        ),
      ],
    },
    {
      title: "a route some way below the prefix of another deployment",
      resources: [gateway(), deployment({ routes: [route("/admin/keys/{id}")] }), beside("/v1/admin/keys")],
      says: [
        at(
          0,
          "/admin/keys/{id}",
          'deployment "beside" answers all below "/v1/admin/keys" on this gateway; move the route there, or give it another path',
        ),
      ],
    },
    {
      title: "one gateway of the program, the other isn't known yet",
      resources: [gateway(), deployment(), elsewhere({})],
      says: [
        'deployment "deployment" can\'t be judged yet: gatewayId is known only after pulumi up',
        'deployment "beside" can\'t be judged yet: gatewayId is known only after pulumi up',
      ],
    },
    {
      title: "the same prefix twice on a gateway of another stack",
      resources: [
        { ...deployment({}, { gatewayId: "ocid1.apigateway.a" }), uses: {} },
        elsewhere({ gatewayId: "ocid1.apigateway.a" }),
      ],
      says: [
        'deployment "beside": pathPrefix is "/v1"; it clashes: "/v1" is another deployment\'s on this gateway; give each its own, for example "/v2", or declare it: deployments: ["beside"]',
      ],
    },
    {
      title: "two gateways that aren't known yet",
      resources: [{ ...deployment(), uses: {} }, elsewhere({ pathPrefix: "/v2" })],
      says: [
        'deployment "deployment" can\'t be judged yet: gatewayId is known only after pulumi up',
        'deployment "beside" can\'t be judged yet: gatewayId is known only after pulumi up',
      ],
    },
    {
      title: "an unknown path, the others are judged",
      resources: [deployment({ routes: [route(unknown), route("/a"), route("/a")] })],
      says: [
        'deployment "deployment" can\'t be judged yet: specification.routes[0].path is known only after pulumi up',
        at(2, "/a", 'it has path "/a" and GET in common with routes["GET /a"]; keep one of them'),
      ],
    },
  ],
  "gateway-deployment": [
    { title: "a deployment", resources: [gateway(), deployment()], says: [] },
    { title: "an exception", resources: [gateway()], config: { gateways: ["gateway"] }, says: [] },
    {
      title: "none",
      resources: [gateway()],
      says: [
        'gateway "gateway": the deployment isn\'t set; remove the gateway, or declare who deploys to it: gateways: ["gateway"]',
      ],
    },
    {
      title: "what is on the gateway and is no deployment",
      resources: [gateway(), { ...deployment(), type: "oci:ApiGateway/other:Other" }],
      says: [
        'gateway "gateway": the deployment isn\'t set; remove the gateway, or declare who deploys to it: gateways: ["gateway"]',
      ],
    },
    {
      title: "a deployment, by the gateway's id",
      resources: [gateway({ id: "ocid1.g" }), { ...deployment({}, { gatewayId: "ocid1.g" }), uses: {} }],
      says: [],
    },
    {
      title: "only of another gateway",
      resources: [gateway(), gateway({}, "other"), deployment()],
      says: [
        'gateway "other": the deployment isn\'t set; remove the gateway, or declare who deploys to it: gateways: ["other"]',
      ],
    },
    {
      title: "a deployment of nobody knows which gateway",
      resources: [gateway(), { ...deployment(), uses: {} }],
      says: [
        'gateway "gateway" can\'t be judged yet: gatewayId of deployment "deployment" is known only after pulumi up',
      ],
    },
  ],
});
