// Mistake: a gateway must say whether it is PUBLIC or PRIVATE ("Creating an API Gateway").
import { Gateway } from "@pulumi/oci/apigateway/gateway.js";
import { Subnet } from "@pulumi/oci/core/subnet.js";
import { Vcn } from "@pulumi/oci/core/vcn.js";
import * as pulumi from "@pulumi/pulumi";

const compartmentId = new pulumi.Config().require("compartmentId");

const vcn = new Vcn("vcn", { compartmentId, cidrBlocks: ["10.2.0.0/16"] });
const subnet = new Subnet("subnet", { compartmentId, vcnId: vcn.id, cidrBlock: "10.2.0.0/24" });

// @ts-expect-error endpointType is missing; a program that isn't type-checked runs all the same
new Gateway("gateway", { compartmentId, subnetId: subnet.id });
