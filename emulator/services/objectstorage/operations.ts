import type { Operation } from "../../core/operation.ts";

const getNamespace = {
  service: "objectstorage",
  name: "GetNamespace",
  method: "GET",
  state: "modelled",
  queryParameters: ["compartmentId"],
  run: (call) => ({ status: 200, body: call.emulation.tenancy.namespace }),
} as const satisfies Omit<Operation, "path">;

/** Object Storage: the namespace, a bare JSON string. Buckets and objects are refused. */
export function objectStorageOperations(): Operation[] {
  return [
    { ...getNamespace, path: "/n" },
    { ...getNamespace, path: "/n/" },
  ];
}
