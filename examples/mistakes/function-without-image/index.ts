// Mistake: a function has its code from an image ("Creating Functions").
import { Subnet } from "@pulumi/oci/core/subnet.js";
import { Vcn } from "@pulumi/oci/core/vcn.js";
import { Application } from "@pulumi/oci/functions/application.js";
import { Function as OciFunction } from "@pulumi/oci/functions/function.js";
import * as pulumi from "@pulumi/pulumi";

const compartmentId = new pulumi.Config().require("compartmentId");

const vcn = new Vcn("vcn", { compartmentId, cidrBlocks: ["10.3.0.0/16"] });
const subnet = new Subnet("subnet", { compartmentId, vcnId: vcn.id, cidrBlock: "10.3.0.0/24" });
const application = new Application("application", {
  compartmentId,
  displayName: "application",
  subnetIds: [subnet.id],
});

new OciFunction("hello", { applicationId: application.id, displayName: "hello", memoryInMbs: "256" });
