import { resourceOperations } from "../../core/crud.ts";
import { notAuthorizedOrNotFound } from "../../core/errors.ts";
import type { Operation } from "../../core/operation.ts";
import type { ResourceType } from "../../core/resource.ts";
import { application } from "./application.ts";
import { fn } from "./function.ts";
import { invokeOperation } from "./invoke.ts";

const functionsResources: readonly ResourceType[] = [application, fn];

/** Functions: applications, functions and their direct call. */
export function functionsOperations(): Operation[] {
  return [...functionsResources.flatMap(resourceOperations).map(withSwitch), invokeOperation];
}

/** The switch `applicationDeleteAnswers404`: the application is deleted all the same. */
function withSwitch(operation: Operation): Operation {
  if (operation.name !== "DeleteApplication") return operation;
  return {
    ...operation,
    async run(call) {
      const answer = await operation.run(call);
      if (call.emulation.switches.applicationDeleteAnswers404) throw notAuthorizedOrNotFound();
      return answer;
    },
  };
}
