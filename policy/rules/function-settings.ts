import { z } from "zod";
import { limits } from "../../components/model/limits.ts";
import { except, isExcepted, isProduction, orDeclare, productionStacks } from "../declared.ts";
import { isOneOf } from "../deployment.ts";
import { type Finding, resourceRule } from "../rule.ts";
import { types } from "../types.ts";

const { min, max } = limits.functionTimeoutInSeconds;

export const functionLimitsSet = resourceRule({
  name: "function-limits-set",
  checks:
    "Checks that a function's memory and time-out are set, and that no caller waits longer than wanted.",
  why: "Both decide what a call may cost and how many run at once; a gateway has no time-out of its own for functions, so that the function's is the callers'.",
  references: [
    "OWASP API Security Top 10 2023, API4 Unrestricted Resource Consumption",
    "Oracle: Changing Default Memory and Timeout Settings",
  ],
  severity: "low",
  enforcement: "advisory",
  config: z.object({
    maxTimeoutInSeconds: z
      .int()
      .min(min)
      .max(max)
      .default(max)
      .describe(`The longest time-out, ${min} to ${max} seconds.`),
    slowFunctions: except("Functions that may take longer"),
  }),
  types: [types.function],
  judge(func, { maxTimeoutInSeconds, slowFunctions }): Finding[] {
    const memory = func.properties.at("memoryInMbs");
    const timeout = func.properties.at("timeoutInSeconds");
    const seconds = timeout.number();
    const findings: Finding[] = [];
    if (!memory.isSet)
      findings.push({ key: memory.key, cure: `give one of ${limits.memoryInMBs.join(", ")}` });
    if (seconds === undefined) {
      findings.push({
        key: timeout.key,
        cure: `give ${min} to ${maxTimeoutInSeconds} seconds; without it 30 hold`,
      });
    } else if (seconds > maxTimeoutInSeconds && !isExcepted(slowFunctions, func)) {
      const cure = `give at most ${maxTimeoutInSeconds}, ${orDeclare("slowFunctions", func.name)}`;
      findings.push({ key: timeout.key, value: seconds, cure });
    }
    return findings;
  },
});

export const functionTracing = resourceRule({
  name: "function-tracing",
  checks: "Checks that functions and their applications are traced in production.",
  why: "A trace shows where a slow call lost its time; logs of gateway and function apart don't.",
  references: ["CKV_AWS_50 (Checkov), of AWS Lambda", "Oracle: Distributed Tracing for Functions"],
  severity: "low",
  enforcement: "advisory",
  config: z.object({ productionStacks, untraced: except("Functions and applications that need no traces") }),
  types: [types.function, types.application],
  judge(resource, { productionStacks: stacks, untraced }, context): Finding[] {
    if (!isProduction(stacks, context) || isExcepted(untraced, resource)) return [];
    const isEnabled = resource.properties.at("traceConfig").at("isEnabled");
    const flag = isEnabled.flag();
    if (flag === true) return [];
    const traced =
      resource.type === types.application
        ? "give traceConfig { isEnabled: true, domainId: <OCID of an APM domain> }"
        : "give traceConfig { isEnabled: true }; the application's must be enabled too";
    const cure = `${traced}, ${orDeclare("untraced", resource.name)}`;
    return [{ key: isEnabled.key, ...(flag === undefined ? {} : { value: flag }), cure }];
  },
});

export const functionFailureDestination = resourceRule({
  name: "function-failure-destination",
  checks: "Checks that failures of detached calls are sent somewhere.",
  why: "Who makes a detached call hears only that it was taken; without a destination what fails afterwards is in a log at best.",
  references: ["CKV_AWS_116 (Checkov), of AWS Lambda", "Oracle: Invoking Functions in Detached Mode"],
  severity: "low",
  enforcement: "advisory",
  config: z.object({ unnoticed: except("Functions whose failures needn't be told of") }),
  types: [types.function],
  judge(func, { unnoticed }): Finding[] {
    const { properties } = func;
    // Only with a time-out of its own does the resource tell that there are such calls.
    if (isExcepted(unnoticed, func) || !properties.at("detachedModeTimeoutInSeconds").number()) return [];
    const kind = properties.at("failureDestination", "kind");
    const text = kind.text();
    if (text !== undefined && !isOneOf(kind, "NONE")) return [];
    const cure = `give failureDestination { kind: "NOTIFICATION", topicId: <OCID of a topic> }, or one of kind "QUEUE" or "STREAM", ${orDeclare("unnoticed", func.name)}`;
    return [{ key: kind.key, ...(text === undefined ? {} : { value: text }), cure }];
  },
});

export const applicationImageSignature = resourceRule({
  name: "application-image-signature",
  checks: "Checks that in production an application runs signed images only.",
  why: "Who can push to the registry can otherwise run code with the functions' rights.",
  references: [
    "CKV_AWS_272 (Checkov), of AWS Lambda",
    "OWASP Top 10 2021, A08 Software and Data Integrity Failures",
    "Oracle: Signing Function Images and Enforcing the Use of Signed Images",
  ],
  severity: "medium",
  enforcement: "advisory",
  config: z.object({ productionStacks, unsigned: except("Applications whose images aren't signed") }),
  types: [types.application],
  judge(application, { productionStacks: stacks, unsigned }, context): Finding[] {
    if (!isProduction(stacks, context) || isExcepted(unsigned, application)) return [];
    const enabled = application.properties.at("imagePolicyConfig").at("isPolicyEnabled");
    const flag = enabled.flag();
    if (flag === true) return [];
    const signed =
      "give imagePolicyConfig { isPolicyEnabled: true, keyDetails: [{ kmsKeyId: <OCID of a key> }] }";
    const cure = `${signed}, ${orDeclare("unsigned", application.name)}`;
    return [{ key: enabled.key, ...(flag === undefined ? {} : { value: flag }), cure }];
  },
});

export const applicationShape = resourceRule({
  name: "application-shape-set",
  checks: "Checks that an application's shape is chosen.",
  why: "The default is GENERIC_X86: an image that was built on an ARM laptop doesn't start there, and the shape can't be changed later.",
  references: ["Oracle: Creating Applications"],
  severity: "low",
  enforcement: "advisory",
  config: z.object({}),
  types: [types.application],
  judge({ properties }): Finding[] {
    const shape = properties.at("shape");
    if (shape.isSet) return [];
    const cure =
      'give the one that the images are built for: "GENERIC_X86", "GENERIC_ARM" or "GENERIC_X86_ARM"';
    return [{ key: shape.key, cure }];
  },
});
