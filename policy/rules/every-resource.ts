import { z } from "zod";
import { except, isExcepted, isProduction, orDeclare, productionStacks } from "../declared.ts";
import { type Finding, type Rule, resourceRule } from "../rule.ts";
import { statefulTypes, taggedTypes } from "../types.ts";

export const notInRoot = resourceRule({
  name: "compartment-not-root",
  checks: "Checks that nothing but IAM lies in the tenancy's root compartment.",
  why: "Policies for the root compartment hold in all others, so that nobody can be given rights on what lies there alone.",
  references: ["CIS OCI Foundations 3.1, 6.2", "Oracle: Learn Best Practices for Setting Up Your Tenancy"],
  severity: "medium",
  enforcement: "mandatory",
  config: z.object({ inRoot: except("Resources that must lie in the root compartment") }),
  types: ["oci:*"],
  judge(resource, { inRoot }): Finding[] {
    if (resource.type.startsWith("oci:Identity/") || isExcepted(inRoot, resource)) return [];
    const compartmentId = resource.properties.at("compartmentId");
    const id = compartmentId.text();
    if (id === undefined || !id.startsWith("ocid1.tenancy.")) return [];
    const cure = `give the OCID of a compartment below it, which begins with "ocid1.compartment.", ${orDeclare("inRoot", resource.name)}`;
    return [{ key: compartmentId.key, value: id, cure }];
  },
});

const tags = (what: string, example: string) =>
  z
    .array(z.string())
    .default([])
    .describe(`Keys of ${what} tags that every resource must have, for example ${example}.`);

export const requiredTags = resourceRule({
  name: "required-tags",
  checks: "Checks that resources have the tags that are required.",
  why: "Without them nobody can tell later whose a resource is and who pays for it.",
  references: ["CIS OCI Foundations 3.1, 4.1", "Oracle: Overview of Tagging"],
  severity: "low",
  enforcement: "advisory",
  config: z.object({
    freeformTags: tags("free-form", '["team"]'),
    definedTags: tags("defined", '["Operations.CostCenter"]'),
    untagged: except("Resources that need no tags"),
  }),
  types: taggedTypes,
  judge(resource, { freeformTags, definedTags, untagged }): Finding[] {
    if (isExcepted(untagged, resource)) return [];
    const { properties } = resource;
    return (
      [
        ...freeformTags.map((tag) => properties.at("freeformTags", tag)),
        ...definedTags.map((tag) => properties.at("definedTags", tag)),
      ]
        // A value that isn't known yet is there.
        .filter((value) => value.isKnown && !value.isSet)
        .map(({ key }) => ({ key, cure: `give it a value, ${orDeclare("untagged", resource.name)}` }))
    );
  },
});

export const productionProtected = resourceRule({
  name: "production-protected",
  checks: "Checks that what holds data or images in production is protected from deletion.",
  why: "A changed name or a destroy in the wrong stack otherwise deletes what no deployment brings back. Only the option protect is judged: the engine doesn't tell a policy pack which resources have retainOnDelete; those are declared.",
  references: ["Pulumi: Resource option protect", "Oracle: Learn Best Practices for Setting Up Your Tenancy"],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ productionStacks, unprotected: except("Resources that may be deleted") }),
  types: statefulTypes,
  judge(resource, { productionStacks: stacks, unprotected }, context): Finding[] {
    if (resource.isProtected || !isProduction(stacks, context) || isExcepted(unprotected, resource))
      return [];
    const cure = `give the resource option protect: true, ${orDeclare("unprotected", resource.name)}`;
    return [{ key: "protect", value: false, cure }];
  },
});

export const everyResourceRules: readonly Rule[] = [notInRoot, requiredTags, productionProtected];
