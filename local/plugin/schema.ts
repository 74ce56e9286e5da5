import { modelledTypes } from "../provider/provider.ts";
import { resourceTable } from "../provider/table.ts";
import type { PropertyKind } from "../provider/types.ts";

const any = { $ref: "pulumi.json#/Any" };

const kinds: Readonly<Record<PropertyKind, object>> = {
  string: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  list: { type: "array", items: any },
  map: { type: "object", additionalProperties: any },
  object: any,
};

/** Schema of the modelled types, from the table: as much as `pulumi import` wants to know. */
export function schemaOf(name: string, version: string): object {
  const types = modelledTypes.filter((type) => type.startsWith(`${name}:`));
  return {
    name,
    version,
    resources: Object.fromEntries(
      types.map((type) => {
        const properties = Object.fromEntries(
          Object.entries(resourceTable[type]?.properties ?? {}).map(([property, kind]) => [
            property,
            kinds[kind],
          ]),
        );
        return [type, { properties, inputProperties: properties }];
      }),
    ),
  };
}
