import type { handleUnaryCall } from "@grpc/grpc-js";
import { status as codes, Metadata } from "@grpc/grpc-js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { shownReason } from "../provider/check.ts";
import type { CheckFailure } from "../provider/types.ts";
import { compact, type Properties } from "../values.ts";

type Struct = InstanceType<typeof struct.Struct>;

export function toStruct(properties: Properties): Struct {
  return struct.Struct.fromJavaScript(compact(properties) as Record<string, struct.JavaScriptValue>);
}

export function fromStruct(properties: Struct | undefined): Properties {
  return (properties?.toJavaScript() ?? {}) as Properties;
}

export function toFailures(failures: readonly CheckFailure[], inputs: Properties) {
  return failures.map((failure) =>
    new provider.CheckFailure().setProperty(failure.property).setReason(shownReason(failure, inputs)),
  );
}

/** The resource exists, but isn't what it should be: the engine keeps it in the state with what is known of it. */
export class InitFailed extends Error {
  override readonly name = "InitFailed";
  readonly details: { id: string; outputs: Properties; inputs: Properties };

  constructor(message: string, details: InitFailed["details"]) {
    super(message);
    this.details = details;
  }
}

/** Answers a call by a promise; an error becomes the call's, and never ends the process. */
export function unary<Request, Response>(
  handle: (request: Request) => Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, answer) => {
    Promise.resolve(call.request)
      .then(handle)
      .then(
        (response) => answer(null, response),
        (error: unknown) => answer(statusOf(error)),
      );
  };
}

function statusOf(error: unknown) {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitFailed)) return { code: codes.UNKNOWN, details: message };
  const { id, outputs, inputs } = error.details;
  const detail = new provider.ErrorResourceInitFailed()
    .setId(id)
    .setProperties(toStruct(outputs))
    .setInputs(toStruct(inputs))
    .setReasonsList([message]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new status.Status().setCode(codes.UNKNOWN).setMessage(message).setDetailsList([packed]);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return { code: codes.UNKNOWN, details: message, metadata };
}
