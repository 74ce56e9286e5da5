import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { hidingSecrets } from "../masked.ts";
import type { LocalProvider } from "../provider/provider.ts";
import { type OperationContext, PartlyCreatedError } from "../provider/types.ts";
import { type Properties, plainProperties } from "../values.ts";
import { comparable, givenInputs, inputsNow } from "./inputs.ts";
import { withKnownSecrets, withSecretsOf } from "./secrets.ts";
import { fromStruct, InitFailed, toFailures, toStruct } from "./wire.ts";

type Request<Name extends keyof typeof provider> = (typeof provider)[Name] extends abstract new (
  ...args: never[]
) => infer Instance
  ? Instance
  : never;

/** What a plugin's operations need to know. */
export interface Context {
  provider: LocalProvider;
  region(): string | undefined;
  /** Names of the inputs of a type. */
  inputsOf(type: string): readonly string[];
}

/** As the official provider's default. */
const defaultTimeoutInMs = 20 * 60_000;

/** The operations on resources as the engine asks for them. */
export function resourceOperations({ provider: oci, region, inputsOf }: Context) {
  const operation = (timeoutInSeconds: number): OperationContext => ({
    region: region(),
    timeoutInMs: timeoutInSeconds > 0 ? timeoutInSeconds * 1000 : defaultTimeoutInMs,
  });

  return {
    async check(request: Request<"CheckRequest">) {
      const type = typeOf(request.getUrn());
      oci.assertModelled(type);
      const inputs = withKnownSecrets(type, fromStruct(request.getNews()));
      return new provider.CheckResponse()
        .setInputs(toStruct(inputs))
        .setFailuresList(toFailures(oci.check(type, givenInputs(plainProperties(inputs)), region()), inputs));
    },

    async diff(request: Request<"DiffRequest">) {
      const { olds, news } = comparable(
        plainProperties(fromStruct(request.getOldInputs())),
        plainProperties(fromStruct(request.getNews())),
      );
      const type = typeOf(request.getUrn());
      const { changed, replaces, isDeletedBeforeReplace } = oci.diff(type, olds, news);
      const { DIFF_NONE, DIFF_SOME } = provider.DiffResponse.DiffChanges;
      return new provider.DiffResponse()
        .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
        .setDiffsList(changed)
        .setReplacesList(replaces)
        .setDeletebeforereplace(isDeletedBeforeReplace);
    },

    async create(request: Request<"CreateRequest">) {
      const type = typeOf(request.getUrn());
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview()) return new provider.CreateResponse().setProperties(toStruct(inputs));
      try {
        const context = operation(request.getTimeout());
        const { id, outputs } = await hidingSecrets(inputs, () =>
          oci.create(type, plainProperties(inputs), context),
        );
        return new provider.CreateResponse()
          .setId(id)
          .setProperties(toStruct(withSecretsOf(type, outputs, inputs)));
      } catch (error) {
        if (!(error instanceof PartlyCreatedError)) throw error;
        throw new InitFailed(error.message, { id: error.id, outputs: inputs, inputs });
      }
    },

    async read(request: Request<"ReadRequest">) {
      const type = typeOf(request.getUrn());
      oci.assertModelled(type);
      const given = fromStruct(request.getInputs());
      const known = Object.keys(given).length > 0 ? given : fromStruct(request.getProperties());
      const asked = givenInputs(plainProperties(known));
      const outputs = await oci.read(type, request.getId(), asked, operation(request.getTimeout()));
      if (outputs === undefined) return new provider.ReadResponse();
      const now = inputsNow(plainProperties(given), outputs, inputsOf(type));
      const inputs = withSecretsOf(type, now, given);
      return new provider.ReadResponse()
        .setId(oci.idOf(type, request.getId()))
        .setProperties(toStruct(withSecretsOf(type, outputs, inputs)))
        .setInputs(toStruct(inputs));
    },

    async update(request: Request<"UpdateRequest">) {
      const type = typeOf(request.getUrn());
      const inputs = fromStruct(request.getNews());
      const olds = givenInputs(plainProperties(fromStruct(request.getOldInputs())));
      if (request.getPreview()) {
        oci.assertChangeable(type, olds, plainProperties(inputs));
        return new provider.UpdateResponse().setProperties(toStruct(inputs));
      }
      const context = operation(request.getTimeout());
      const outputs = await hidingSecrets(inputs, () =>
        oci.update(type, request.getId(), olds, plainProperties(inputs), context),
      );
      return new provider.UpdateResponse().setProperties(toStruct(withSecretsOf(type, outputs, inputs)));
    },

    async delete(request: Request<"DeleteRequest">) {
      const outputs: Properties = plainProperties(fromStruct(request.getProperties()));
      const type = typeOf(request.getUrn());
      await oci.delete(type, request.getId(), outputs, operation(request.getTimeout()));
    },

    async invoke(request: Request<"InvokeRequest">) {
      const args = plainProperties(fromStruct(request.getArgs()));
      const result = await oci.invoke(request.getTok(), args, operation(0));
      return new provider.InvokeResponse().setReturn(toStruct(result));
    },
  };
}

/** `urn:pulumi:STACK::PROJECT::PARENT$TYPE::NAME` → `TYPE` */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
