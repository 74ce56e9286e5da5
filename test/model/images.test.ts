import { describe, expect, it } from "vitest";
import { checkImage, checkRegistry, parseImage, registryHost } from "../../components/model/images.ts";
import { checkFunctionRegion } from "../../components/model/regions.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
const key = "functions.hello.image";

it.each([
  [
    `fra.ocir.io/ns/hello:1.2@${digest}`,
    { host: "fra.ocir.io", image: "fra.ocir.io/ns/hello:1.2", imageDigest: digest },
  ],
  [
    `ocir.eu-frankfurt-1.oci.oraclecloud.com/ns/api/hello_x:A.b-1@${digest}`,
    {
      host: "ocir.eu-frankfurt-1.oci.oraclecloud.com",
      image: "ocir.eu-frankfurt-1.oci.oraclecloud.com/ns/api/hello_x:A.b-1",
      imageDigest: digest,
    },
  ],
  [
    `registry.example.com:5000/my_team/a__b/c-de.f2:${"_".repeat(128)}@${digest}`,
    {
      host: "registry.example.com:5000",
      image: `registry.example.com:5000/my_team/a__b/c-de.f2:${"_".repeat(128)}`,
      imageDigest: digest,
    },
  ],
])("splits %s", (reference, image) => {
  expect(parseImage(reference)).toEqual(image);
});

// "Preparing for Container Registry"
it.each([
  ["eu-frankfurt-1", "fra.ocir.io"],
  ["us-ashburn-1", "iad.ocir.io"],
  ["xx-somewhere-9", "xx-somewhere-9.ocir.io"],
])("finds the registry of %s at %s", (region, host) => {
  expect(registryHost(region)).toBe(host);
});

describe("checkImage", () => {
  const cure =
    'give registry, tag and digest, for example "fra.ocir.io/ns/api/hello:1.2@sha256:<64 hexadecimal digits>"';
  it.each([
    ["hello", "must begin with a registry's host, a namespace and a repository"],
    [`hello:1@${digest}`, "must begin with a registry's host, a namespace and a repository"],
    [`fra.ocir.io/ns/hello:1@${digest}@x`, "must begin with a registry's host, a namespace and a repository"],
    [`localhost/ns/hello:1@${digest}`, "must begin with a registry's host, a namespace and a repository"],
    [`:fra.ocir.io/ns/hello:1@${digest}`, "must begin with a registry's host, a namespace and a repository"],
    [`fra.ocir.io/Ns/a/hello:1@${digest}`, "must name a namespace and a repository in lower case"],
    [`fra.ocir.io/ns/hello/X:1@${digest}`, "must name a namespace and a repository in lower case"],
    [`fra.ocir.io/ns/hello-:1@${digest}`, "must name a namespace and a repository in lower case"],
    [`fra.ocir.io/hello:1@${digest}`, "must name a namespace and a repository in lower case"],
    [`fra.ocir.io/ns/Hello:1@${digest}`, "must name a namespace and a repository in lower case"],
    [`fra.ocir.io/ns/hello@${digest}`, "has no tag"],
    ["fra.ocir.io/ns/hello", "has no tag"],
    [`fra.ocir.io/ns/hello:@${digest}`, 'has a tag "" that isn\'t one'],
    ["fra.ocir.io/ns/hello:-1", 'has a tag "-1" that isn\'t one'],
    ["fra.ocir.io/ns/hello:1+2", 'has a tag "1+2" that isn\'t one'],
    [`fra.ocir.io/ns/hello:${"a".repeat(129)}`, `has a tag "${"a".repeat(129)}" that isn't one`],
    ["fra.ocir.io/ns/hello:1", "has no digest, without which the same tag could be other code tomorrow"],
    [`fra.ocir.io/ns/hello:1@x${digest}`, "has a digest that isn't sha256: and 64 hexadecimal digits"],
    [`fra.ocir.io/ns/hello:1@${digest}0`, "has a digest that isn't sha256: and 64 hexadecimal digits"],
    ["fra.ocir.io/ns/hello:1@sha256:12", "has a digest that isn't sha256: and 64 hexadecimal digits"],
  ])("[image-reference] refuses %s", (reference, reason) => {
    const message = `"${reference}" ${reason}; ${cure}`;
    expect(checkImage(reference, "eu-frankfurt-1", key)).toEqual([{ rule: "image-reference", key, message }]);
  });

  it.each([
    ["fra.ocir.io", "eu-frankfurt-1"],
    ["eu-frankfurt-1.ocir.io", "eu-frankfurt-1"],
    ["ocir.eu-frankfurt-1.oci.oraclecloud.com", "eu-frankfurt-1"],
    ["ocir.us-langley-1.oci.oraclegovcloud.com", "us-langley-1"],
    ["zzz.ocir.io", "xx-somewhere-9"],
  ])("takes %s in %s", (host, region) => {
    expect(checkImage(`${host}/ns/hello:1@${digest}`, region, key)).toEqual([]);
  });

  it.each([
    ...[
      "docker.io",
      "x.fra.ocir.io",
      "fra.ocir.io.example.com",
      "x.ocir.eu-frankfurt-1.oci.oraclecloud.com",
      "ocir.eu-frankfurt-1.oci.oraclecloud.com:443",
    ].map((host) => [host, "eu-frankfurt-1", "is not in OCI's Container Registry", "fra.ocir.io"]),
    ["iad.ocir.io", "eu-frankfurt-1", "is in the registry of us-ashburn-1", "fra.ocir.io"],
    ["us-ashburn-1.ocir.io", "eu-frankfurt-1", "is in the registry of us-ashburn-1", "fra.ocir.io"],
    [
      "ocir.us-ashburn-1.oci.oraclecloud.com",
      "eu-paris-1",
      "is in the registry of us-ashburn-1",
      "cdg.ocir.io",
    ],
    ["zzz.ocir.io", "eu-frankfurt-1", "is in the registry of another region", "fra.ocir.io"],
    ["fra.ocir.io", "xx-somewhere-9", "is in the registry of eu-frankfurt-1", "xx-somewhere-9.ocir.io"],
  ])("[image-region] refuses %s in %s", (host, region = "", reason, right) => {
    const reference = `${host}/ns/hello:1@${digest}`;
    const message = `"${reference}" ${reason}; a function's image must lie in its own region's registry, "${right}"`;
    expect(checkImage(reference, region, key)).toEqual([{ rule: "image-region", key, message }]);
  });
});

describe("checkRegistry", () => {
  it("takes both credentials or none", () => {
    expect(checkRegistry(undefined)).toEqual([]);
    expect(checkRegistry({})).toEqual([]);
    expect(checkRegistry({ username: undefined, password: undefined, host: undefined })).toEqual([]);
    expect(checkRegistry({ username: "jane", password: "hush" })).toEqual([]);
  });

  it.each([
    [{ username: "jane" }, "registry.password"],
    [{ password: "hush" }, "registry.username"],
  ])("[registry-credentials] refuses one without the other: %j", (registry, key) => {
    const message = 'is missing; give username and password, or none of them to use "docker login"';
    expect(checkRegistry(registry)).toEqual([{ rule: "registry-credentials", key, message }]);
  });

  it("[unsupported-setting] refuses other settings of a registry", () => {
    const message = "is not a setting of a registry; allowed: username, password";
    expect(checkRegistry({ host: "x" })).toEqual([
      { rule: "unsupported-setting", key: "registry.host", message },
    ]);
  });
});

describe("the region of an existing function", () => {
  it.each(["fra", "eu-frankfurt-1", "nowhere", ""])("is not doubted: %j", (part) => {
    expect(checkFunctionRegion(`ocid1.fnfunc.oc1.${part}.a`, "eu-frankfurt-1", "id")).toEqual([]);
  });

  it.each(["iad", "us-ashburn-1"])("[function-region] is doubted when the OCID names %s", (part) => {
    expect(checkFunctionRegion(`ocid1.fnfunc.oc1.${part}.a`, "eu-frankfurt-1", "id")).toEqual([
      {
        rule: "function-region",
        key: "id",
        message:
          "lies in us-ashburn-1, the API in eu-frankfurt-1; Oracle's documents don't say that a gateway calls functions of another region",
      },
    ]);
  });
});
