import type { Problem } from "./problems.ts";
import { shown } from "./values.ts";

/** An OCID: `ocid1.<type>.<realm>.[region][.future use].<unique id>` ("Resource Identifiers"). */
export function isOcidOf(value: string, types: readonly string[]): boolean {
  const [, type] = /^ocid1\.([a-z0-9_-]+)\.[a-z0-9_-]+\.[a-z0-9_.-]*\.[A-Za-z0-9_-]+$/.exec(value) ?? [];
  return type !== undefined && types.includes(type);
}

const kinds = {
  "compartment-ocid": { noun: "a compartment", types: ["compartment", "tenancy"] },
  "tenancy-ocid": { noun: "the tenancy", types: ["tenancy"] },
  "gateway-ocid": { noun: "a gateway", types: ["apigateway"] },
  "subnet-ocid": { noun: "a subnet", types: ["subnet"] },
  "security-group-ocid": { noun: "a network security group", types: ["networksecuritygroup"] },
  "application-ocid": { noun: "an application", types: ["fnapp"] },
  "function-ocid": { noun: "a function", types: ["fnfunc"] },
  "log-group-ocid": { noun: "a log group", types: ["loggroup"] },
  "group-ocid": { noun: "a dynamic group", types: ["dynamicgroup"] },
} as const;

/** What is wrong with an OCID that must be of one kind. */
export function checkOcid(rule: keyof typeof kinds, value: unknown, key: string): Problem[] {
  const { noun, types } = kinds[rule];
  if (typeof value === "string" && isOcidOf(value, types)) return [];
  if (value === undefined)
    return [
      { rule, key, message: `is missing: give the OCID of ${noun}, which begins with "ocid1.${types[0]}."` },
    ];
  const message = `${shown(value)} is not the OCID of ${noun}, which begins with "ocid1.${types[0]}."`;
  return [{ rule, key, message }];
}
