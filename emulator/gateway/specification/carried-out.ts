import { z } from "zod";

const later = "is not carried out by this emulator yet; remove it from the local stack";
const laterBackends = new Set(["OAUTH2_LOGOUT_BACKEND", "OAUTH2_LOGIN_BACKEND"]);

/** An object of policies: those with a schema are checked by it, each other one that is set is refused by its name. */
export function policies(
  places: readonly { name: string }[],
  carriedOut: Readonly<Record<string, z.ZodType>>,
) {
  const fields = places.map(({ name }) => {
    const schema = carriedOut[name] ?? z.unknown().superRefine(refuseIfSet(name));
    return [name, schema.optional()] as const;
  });
  return z.strictObject(Object.fromEntries(fields)).optional();
}

/** Refuses the back ends that OCI has and the emulator hasn't. */
export function refusedBackends(backend: unknown, context: z.RefinementCtx): void {
  const type =
    typeof backend === "object" && backend !== null && "type" in backend ? backend.type : undefined;
  if (typeof type !== "string" || !laterBackends.has(type)) return;
  context.addIssue({ code: "custom", path: ["type"], message: `${type} ${later}` });
}

function refuseIfSet(name: string) {
  return (value: unknown, context: z.RefinementCtx): void => {
    if (!isDefault(value)) context.addIssue({ code: "custom", message: `${name} ${later}` });
  };
}

/** Whether a policy is as good as absent: nothing in it, or only `isVerifiedCertificateRequired: false`. */
function isDefault(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value !== "object") return false;
  return Object.entries(value).every(
    ([key, inner]) => isDefault(inner) || (key === "isVerifiedCertificateRequired" && inner === false),
  );
}
