import type { RefusedOperations } from "../core/operation.ts";

const note = "not modelled";

/** Whole services that the official provider knows and the emulator refuses by name. */
export const refusedServices: readonly RefusedOperations[] = [
  {
    service: "workrequests",
    name: "Work requests of identity, network and other core services",
    path: "/20160918/workRequests",
    note: "not modelled: none of their operations here makes one",
  },
  {
    service: "functions",
    name: "Functions operations of API version 20260325",
    path: "/20260325",
    note: "not modelled: API version 20181201 is, which official clients spoke until then",
  },
  { service: "logging", name: "Saved searches", path: "/20200531/logSavedSearches", note },
  { service: "logging", name: "Agent configurations", path: "/20200531/unifiedAgentConfigurations", note },
  { service: "logging", name: "Services that log", path: "/20200531/v2/registry/services", note },
  { service: "monitoring", name: "Alarms", path: "/20180401/alarms", note },
  { service: "monitoring", name: "Metrics", path: "/20180401/metrics", note },
  { service: "notifications", name: "Topics", path: "/20181201/topics", note },
  { service: "notifications", name: "Subscriptions", path: "/20181201/subscriptions", note },
  { service: "dns", name: "DNS zones and records", path: "/20180115/zones", note },
  { service: "nosql", name: "NoSQL tables and indexes", path: "/20190828/tables", note },
  { service: "nosql", name: "Work requests of NoSQL", path: "/20190828/workRequests", note },
  {
    service: "certificates",
    name: "Certificates of the Certificates service",
    path: "/20210224/certificates",
    note,
  },
];
