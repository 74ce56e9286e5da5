import { generateKeyPairSync } from "node:crypto";
import { expect, it } from "vitest";
import { clientsFor, errorOf, keyIdOf, signingKey, startCloud } from "./sdk.ts";

const pem = () => signingKey.publicKey.export({ type: "spki", format: "pem" });

it("the official SDK's signatures are right, and those of another key are refused", async () => {
  const cloud = await startCloud();
  const { control, emulator, clients, compartmentId, tenancyId } = cloud;
  await control("PUT", "keys", { keyId: keyIdOf(tenancyId), publicKey: pem() });
  await control("PUT", "switches", { requireSignature: true });
  const { vcn } = await clients.network.createVcn({
    createVcnDetails: { compartmentId, cidrBlock: "10.0.0.0/16", displayName: "Größe ✓" },
  });
  // The SDK signs queries as they are written, before they are encoded: other letters than ASCII wouldn't fit on OCI either.
  const found = await clients.network.listVcns({ compartmentId, displayName: "no such name" });
  expect(found.items).toEqual([]);
  const { items } = await clients.network.listVcns({ compartmentId });
  expect(items.map(({ id }) => id)).toEqual([vcn.id]);
  await clients.network.updateVcn({ vcnId: vcn.id, updateVcnDetails: { displayName: "ä" } });
  await clients.network.changeVcnCompartment({
    vcnId: vcn.id,
    changeVcnCompartmentDetails: { compartmentId: cloud.otherCompartmentId },
  });
  const stranger = clientsFor(emulator, generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey);
  expect(await errorOf(stranger.network.deleteVcn({ vcnId: vcn.id }))).toEqual({
    statusCode: 401,
    serviceCode: "NotAuthenticated",
    message:
      "The required information to complete authentication was not provided or was incorrect. (the signature doesn't fit the request and the key)",
    hasRequestId: true,
  });
  await clients.network.deleteVcn({ vcnId: vcn.id });
});
