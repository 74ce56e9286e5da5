import { Region } from "oci-common";
import { expect, it } from "vitest";
import { checkFunctionRegion, checkRegion, regionKeys } from "../../components/model/regions.ts";

// "Regions and Availability Domains"
it.each(["eu-frankfurt-1", "us-saltlake-2", "us-gov-ashburn-1", "xx-somewhere-99"])(
  "[region-name] takes %s",
  (region) => {
    expect(checkRegion(region, "region")).toEqual([]);
  },
);

it.each<[string | undefined, string]>([
  [undefined, 'is missing: give the name of a region, for example "eu-frankfurt-1"'],
  ...["", "fra", "eu-frankfurt", "EU-FRANKFURT-1", "frankfurt-1", "eu-frankfurt-1 ", " eu-frankfurt-1"].map(
    (region): [string, string] => [
      region,
      `"${region}" is not the name of a region, for example "eu-frankfurt-1"`,
    ],
  ),
])("[region-name] refuses %j", (region, message) => {
  expect(checkRegion(region, "api.region")).toEqual([{ rule: "region-name", key: "api.region", message }]);
});

it.each(["ocid1.fnfunc", "ocid1.fnfunc.oc1.toString.a", "ocid1.fnfunc.oc1..fra"])(
  "[function-region] doubts nothing that names no region it knows: %s",
  (id) => {
    expect(checkFunctionRegion(id, "eu-frankfurt-1", "id")).toEqual([]);
  },
);

it("[function-region] doubts nothing in a region that it doesn't know", () => {
  expect(checkFunctionRegion("ocid1.fnfunc.oc1.fra.a", "xx-somewhere-9", "id")).toEqual([]);
});

it("knows the regions of Oracle's SDK by their keys, and two that it hasn't yet", () => {
  const ofSdk = Region.values().flatMap(({ regionId, regionCode, realm }) =>
    realm.realmId === "oc1" ? [[regionId, regionCode] as const] : [],
  );
  // "Regions and Availability Domains"
  const others = { "us-abilene-1": "abl", "us-dallas-1": "dfw" };
  expect(regionKeys).toEqual({ ...Object.fromEntries(ofSdk), ...others });
  expect(Object.keys(regionKeys)).toEqual(Object.keys(regionKeys).toSorted());
});
