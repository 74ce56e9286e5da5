import { gatewayProblems } from "./api-gateway.ts";
import type { ExistingApplicationArgs, ExistingGatewayArgs, RoutedApiArgs } from "./args.ts";
import { checkNetwork } from "./model/network.ts";
import { checkOcid } from "./model/ocids.ts";
import { checkedLeaves, type Owner } from "./policies.ts";
import { subnetNeed } from "./serverless-api-problems.ts";

/** Arguments whose OCIDs are checked when they resolve: those that no component inside checks under their own names. */
export function withCheckedIds<F extends string>(owner: Owner, args: RoutedApiArgs<F>): RoutedApiArgs<F> {
  const { network, gateway, application } = args;
  return {
    ...args,
    network: checkedLeaves(owner, network, "network", (given) => checkNetwork(given, subnetNeed(args))),
    ...(gateway === undefined ? {} : { gateway: checkedGateway(owner, gateway) }),
    ...(application === undefined ? {} : { application: checkedApplication(owner, application) }),
  };
}

/** The gateway's own OCID stays as it is: by it a program's APIs know that they share one. */
function checkedGateway(owner: Owner, gateway: NonNullable<RoutedApiArgs["gateway"]>) {
  const given = gateway as ExistingGatewayArgs;
  const { gatewayId: _, ...rest } = given;
  const checked = checkedLeaves(owner, rest, "gateway", (one) => gatewayProblems({ ...given, ...one }));
  return { ...given, ...checked };
}

function checkedApplication(owner: Owner, application: NonNullable<RoutedApiArgs["application"]>) {
  const { compartmentId } = application as ExistingApplicationArgs;
  if (compartmentId === undefined) return application;
  const checked = checkedLeaves(owner, { compartmentId }, "application", (given) =>
    checkOcid("compartment-ocid", given.compartmentId, "application.compartmentId"),
  );
  return { ...application, ...checked };
}
