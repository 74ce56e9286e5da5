import { randomInt } from "node:crypto";

const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

/** A new OCID: `ocid1.<type>.<realm>.<region>.<60 characters>` ("Resource Identifiers"). */
export function createOcid(type: string, realm: string, region: string): string {
  let unique = "";
  while (unique.length < 60) unique += alphabet[randomInt(alphabet.length)];
  return `ocid1.${type}.${realm}.${region}.${unique}`;
}

/** The realm that an OCID names, for example `oc1`. */
export function realmOf(ocid: string): string {
  return ocid.split(".")[2] || "oc1";
}

/** Pattern of an OCID of one of the types. Lengths aren't checked: foreign OCIDs may be adopted. */
export function ocidPattern(...types: string[]): RegExp {
  return new RegExp(`^ocid1\\.(${types.join("|")})\\.[a-zA-Z0-9-]+\\.[a-zA-Z0-9-]*\\.[a-zA-Z0-9._-]+$`);
}
