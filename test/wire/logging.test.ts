import { describe, expect, it } from "vitest";
import { coverage } from "../../emulator/coverage.ts";
import type { Body } from "./rows.ts";
import { type Cloud, errorOf, image, imageDigest, registerImage, startCloud } from "./sdk.ts";

const notFound = {
  statusCode: 404,
  serviceCode: "NotAuthorizedOrNotFound",
  message: "Authorization failed or requested resource not found.",
  hasRequestId: true,
};

const deploymentId = "ocid1.apideployment.oclocal.local-laptop-1.aaaa";

/** Id of what a call made, from its work request. */
async function madeBy({ clients }: Cloud, answer: { opcWorkRequestId: string }, entityType: string) {
  const { workRequest } = await clients.logging.getWorkRequest({ workRequestId: answer.opcWorkRequestId });
  const [made] = workRequest.resources;
  expect([workRequest.status, made?.entityType]).toEqual(["SUCCEEDED", entityType]);
  return { id: made?.identifier ?? "", workRequest };
}

async function makeGroup(cloud: Cloud, displayName = "group"): Promise<string> {
  const { clients, compartmentId } = cloud;
  const createLogGroupDetails = { compartmentId, displayName, description: "first" };
  const answer = await clients.logging.createLogGroup({ createLogGroupDetails });
  return (await madeBy(cloud, answer, "loggroup")).id;
}

const accessLog = (resource = deploymentId, category = "access"): Body => ({
  displayName: category,
  logType: "SERVICE",
  isEnabled: true,
  retentionDuration: 30,
  configuration: { source: { sourceType: "OCISERVICE", service: "apigateway", category, resource } },
});

async function makeLog(cloud: Cloud, logGroupId: string, details: Body = accessLog()): Promise<string> {
  const answer = await cloud.clients.logging.createLog({ logGroupId, createLogDetails: details as never });
  return (await madeBy(cloud, answer, "log")).id;
}

/** Operations of the table under a path that no call reached. */
function notCalled(path: string, calls: readonly string[]): string[] {
  return coverage()
    .filter((one) => one.state !== "refused" && one.path.startsWith(path))
    .filter((one) => {
      const pattern = new RegExp(`^${one.method} ${one.path.replaceAll(/:\w+/g, "[^/]+")}$`);
      return !calls.some((call) => pattern.test(call));
    })
    .map(({ operation }) => operation);
}

describe("the official SDK of Logging", () => {
  it("drives log groups: create, get, list, update, move, delete, and their errors", async () => {
    const cloud = await startCloud();
    const { logging } = cloud.clients;
    const { compartmentId } = cloud;
    const logGroupId = await makeGroup(cloud);
    const otherId = await makeGroup(cloud, "other");
    const { logGroup, etag } = await logging.getLogGroup({ logGroupId });
    expect({ ...logGroup, timeCreated: 0, timeLastModified: 0 }).toEqual({
      id: logGroupId,
      compartmentId,
      displayName: "group",
      description: "first",
      lifecycleState: "ACTIVE",
      definedTags: {},
      freeformTags: {},
      systemTags: {},
      timeCreated: 0,
      timeLastModified: 0,
    });
    // The SDK leaves this model's times as they came over the wire.
    expect(logGroup.timeLastModified).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    const taken = logging.createLogGroup({
      createLogGroupDetails: { compartmentId, displayName: "group" },
    });
    expect(await errorOf(taken)).toMatchObject({
      statusCode: 409,
      serviceCode: "Conflict",
      message: 'A log group "group" already exists in the compartment.',
    });
    const { items } = await logging.listLogGroups({ compartmentId });
    expect(items.map(({ id }) => id)).toEqual([logGroupId, otherId]);
    const named = await logging.listLogGroups({ compartmentId, displayName: "other" });
    expect(named.items.map(({ id }) => id)).toEqual([otherId]);
    const updated = await logging.updateLogGroup({
      logGroupId,
      updateLogGroupDetails: { displayName: "renamed" },
      ifMatch: etag,
    });
    await madeBy(cloud, updated, "loggroup");
    expect((await logging.getLogGroup({ logGroupId })).logGroup.displayName).toBe("renamed");
    const logId = await makeLog(cloud, logGroupId);
    await logging.changeLogGroupCompartment({
      logGroupId,
      changeLogGroupCompartmentDetails: { compartmentId: cloud.otherCompartmentId },
    });
    const { log } = await logging.getLog({ logGroupId, logId });
    expect(log.compartmentId).toBe(cloud.otherCompartmentId);
    expect(await errorOf(logging.deleteLogGroup({ logGroupId }))).toMatchObject({
      statusCode: 409,
      message: 'The log group "renamed" still holds logs (access). Delete them first.',
    });
    await logging.deleteLog({ logGroupId, logId });
    await logging.deleteLogGroup({ logGroupId });
    expect(await errorOf(logging.getLogGroup({ logGroupId }))).toEqual(notFound);
  });

  it("drives logs: create, get, list, update, move, delete, and their errors", async () => {
    const cloud = await startCloud();
    const { logging } = cloud.clients;
    const logGroupId = await makeGroup(cloud);
    const targetLogGroupId = await makeGroup(cloud, "target");
    const logId = await makeLog(cloud, logGroupId);
    const executionId = await makeLog(cloud, logGroupId, accessLog(deploymentId, "execution"));
    const { log } = await logging.getLog({ logGroupId, logId });
    expect({ ...log, timeCreated: 0, timeLastModified: 0 }).toEqual({
      ...accessLog(),
      id: logId,
      logGroupId,
      compartmentId: cloud.compartmentId,
      tenancyId: cloud.tenancyId,
      lifecycleState: "ACTIVE",
      definedTags: {},
      freeformTags: {},
      systemTags: {},
      timeCreated: 0,
      timeLastModified: 0,
    });
    const list = async (query: Body) => {
      const { items } = await logging.listLogs({ logGroupId, ...query });
      return items.map(({ id }) => id);
    };
    expect(await list({})).toEqual([logId, executionId]);
    expect(await list({ displayName: "execution" })).toEqual([executionId]);
    expect(await list({ sourceService: "apigateway", sourceResource: deploymentId, limit: 1 })).toEqual([
      logId,
    ]);
    expect(await list({ sourceService: "functions" })).toEqual([]);
    expect(await list({ logType: "CUSTOM" })).toEqual([]);
    expect(await list({ lifecycleState: "ACTIVE", sortBy: "displayName", sortOrder: "DESC" })).toEqual([
      executionId,
      logId,
    ]);
    const update = (details: Body) =>
      logging.updateLog({ logGroupId, logId, updateLogDetails: details as never });
    await madeBy(
      cloud,
      await update({ retentionDuration: 60, configuration: { source: { parameters: {} } } }),
      "log",
    );
    const { log: after } = await logging.getLog({ logGroupId, logId });
    expect([after.retentionDuration, after.configuration?.source.category]).toEqual([60, "access"]);
    const move = { logGroupId, logId, changeLogLogGroupDetails: { targetLogGroupId } };
    const { workRequest } = await madeBy(cloud, await logging.changeLogLogGroup(move), "log");
    expect([workRequest.operationType, workRequest.resources[0]?.actionType]).toEqual([
      "MOVE_LOG",
      "RELATED",
    ]);
    expect(await errorOf(logging.getLog({ logGroupId, logId }))).toEqual(notFound);
    await logging.deleteLog({ logGroupId: targetLogGroupId, logId });
    expect(await errorOf(logging.getLog({ logGroupId: targetLogGroupId, logId }))).toEqual(notFound);
    const { workRequestId } = { workRequestId: workRequest.id };
    expect((await logging.listWorkRequestErrors({ workRequestId })).items).toEqual([]);
    expect((await logging.listWorkRequestLogs({ workRequestId })).items).toEqual([]);
    const all = await logging.listWorkRequests({ compartmentId: cloud.compartmentId });
    expect(all.items.map(({ operationType }) => operationType)).toEqual([
      "CREATE_LOG_GROUP",
      "CREATE_LOG_GROUP",
      "CREATE_LOG",
      "CREATE_LOG",
      "UPDATE_LOG",
      "MOVE_LOG",
      "DELETE_LOG",
    ]);
    await logging.updateLogGroup({ logGroupId, updateLogGroupDetails: { displayName: "x" } });
    await logging.listLogGroups({ compartmentId: cloud.compartmentId });
    await logging.getLogGroup({ logGroupId });
    await logging.changeLogGroupCompartment({
      logGroupId,
      changeLogGroupCompartmentDetails: { compartmentId: cloud.compartmentId },
    });
    await logging.deleteLogGroup({ logGroupId: targetLogGroupId });
    expect(notCalled("/20200531", cloud.calls)).toEqual([]);
  });

  it.each<[name: string, details: Body, message: string]>([
    [
      "a retention of 31 days",
      { retentionDuration: 31 },
      "retentionDuration: 31 isn't a number of days from 30 to 180 in steps of 30",
    ],
    [
      "a retention of 210 days",
      { retentionDuration: 210 },
      "retentionDuration: 210 isn't a number of days from 30 to 180 in steps of 30",
    ],
    [
      "no configuration",
      { configuration: undefined },
      "configuration: is required for a log of type SERVICE",
    ],
    [
      "another service",
      {
        configuration: {
          source: { sourceType: "OCISERVICE", service: "objectstorage", category: "write", resource: "b" },
        },
      },
      'configuration.source.service: "objectstorage" isn\'t one of "apigateway", "functions"',
    ],
    [
      "a category of another service",
      {
        configuration: {
          source: {
            sourceType: "OCISERVICE",
            service: "functions",
            category: "access",
            resource: "ocid1.fnapp.oclocal..a",
          },
        },
      },
      'configuration.source.category: "access" isn\'t a category of functions: invoke',
    ],
    [
      "a resource of another kind",
      {
        configuration: {
          source: {
            sourceType: "OCISERVICE",
            service: "apigateway",
            category: "access",
            resource: "ocid1.apigateway.oclocal..a",
          },
        },
      },
      'configuration.source.resource: "ocid1.apigateway.oclocal..a" isn\'t the OCID of an API deployment (ocid1.apideployment.…), which logs of apigateway are about',
    ],
  ])("is refused a log with %s", async (_, details, message) => {
    const cloud = await startCloud();
    const logGroupId = await makeGroup(cloud);
    const createLogDetails = { ...accessLog(), ...details } as never;
    expect(await errorOf(cloud.clients.logging.createLog({ logGroupId, createLogDetails }))).toEqual({
      statusCode: 400,
      serviceCode: "InvalidParameter",
      message,
      hasRequestId: true,
    });
  });

  it("makes logs in a log group that was adopted", async () => {
    const cloud = await startCloud();
    const logGroupId = "ocid1.loggroup.oclocal.local-laptop-1.theirs";
    await cloud.control("POST", "adopt", { logGroups: [logGroupId] });
    const logId = await makeLog(cloud, logGroupId);
    const { items } = await cloud.clients.logging.listLogs({ logGroupId });
    expect(items.map(({ id, compartmentId }) => [id, compartmentId])).toEqual([[logId, cloud.compartmentId]]);
  });

  it("is refused a second log of a category of a resource, and a taken name", async () => {
    const cloud = await startCloud();
    const logGroupId = await makeGroup(cloud);
    const logId = await makeLog(cloud, logGroupId);
    const create = (details: Body) =>
      errorOf(cloud.clients.logging.createLog({ logGroupId, createLogDetails: details as never }));
    expect(await create({ ...accessLog(), displayName: "again" })).toMatchObject({
      statusCode: 409,
      serviceCode: "Conflict",
      message: `${deploymentId} already has a log of category access: ${logId}. A resource has one log for each category.`,
    });
    expect(await create({ ...accessLog(`${deploymentId}b`) })).toMatchObject({
      statusCode: 409,
      message: `A log "access" already exists in the log group: ${logId}.`,
    });
  });
});

describe("the official SDK of Logging Search", () => {
  const during = () => ({ timeStart: new Date(Date.now() - 60_000), timeEnd: new Date(Date.now() + 60_000) });

  /** A function whose application has an invoke log, called once. */
  async function called() {
    const cloud = await startCloud();
    const { clients, compartmentId } = cloud;
    await registerImage(cloud);
    const { vcn } = await clients.network.createVcn({
      createVcnDetails: { compartmentId, cidrBlocks: ["10.0.0.0/16"] },
    });
    const { subnet } = await clients.network.createSubnet({
      createSubnetDetails: { compartmentId, vcnId: vcn.id, cidrBlock: "10.0.1.0/24" },
    });
    const { application } = await clients.functions.createApplication({
      createApplicationDetails: { compartmentId, displayName: "app", subnetIds: [subnet.id] },
    });
    const { function: fn } = await clients.functions.createFunction({
      createFunctionDetails: {
        applicationId: application.id,
        displayName: "good",
        image,
        imageDigest,
        memoryInMBs: 256,
      },
    });
    const logGroupId = await makeGroup(cloud);
    const source = {
      sourceType: "OCISERVICE",
      service: "functions",
      category: "invoke",
      resource: application.id,
    };
    const logId = await makeLog(cloud, logGroupId, {
      displayName: "invoke",
      logType: "SERVICE",
      configuration: { source },
    });
    await clients.invoke.invokeFunction({ functionId: fn.id, invokeFunctionBody: "Ada" });
    return { cloud, application, fn, logGroupId, logId };
  }

  it("finds the lines of a compartment, a group, a log, by OCID and by name", async () => {
    const { cloud, application, fn, logGroupId, logId } = await called();
    const { clients, compartmentId, tenancyId } = cloud;
    const messages = async (scope: string, more = "") => {
      const searchQuery = `search "${scope}" ${more}`;
      const { searchResponse } = await clients.logSearch.searchLogs({
        searchLogsDetails: { ...during(), searchQuery },
      });
      const results = searchResponse.results ?? [];
      expect(searchResponse.summary).toEqual({ resultCount: results.length, fieldCount: 0 });
      return results;
    };
    const newestFirst = await messages(compartmentId);
    const [served] = newestFirst;
    const received = newestFirst.at(-1);
    expect(served?.data.logContent.data.message).toMatch(
      /^Served function invocation request in \d+\.\d{3} seconds$/,
    );
    const { time, id, data, oracle, ...rest } = received?.data.logContent ?? {};
    expect([rest, { ...oracle, ingestedtime: "" }, { ...data, requestId: "", opcRequestId: "" }]).toEqual([
      {
        source: "app",
        specversion: "1.0",
        subject: "good",
        type: "com.oraclecloud.functions.application.functioninvoke",
      },
      {
        compartmentid: compartmentId,
        ingestedtime: "",
        loggroupid: logGroupId,
        logid: logId,
        tenantid: tenancyId,
      },
      {
        applicationId: application.id,
        containerId: "n/a",
        functionId: fn.id,
        message: "Received function invocation request",
        opcRequestId: "",
        requestId: "",
        src: "STDOUT",
      },
    ]);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(received?.data.datetime).toBe(Date.parse(time));
    expect(await messages(`${compartmentId}/${logGroupId}/${logId}`, "| sort by datetime desc")).toEqual(
      newestFirst,
    );
    expect(await messages(`${compartmentId}/group/invoke`, "| sort by datetime")).toEqual(
      newestFirst.toReversed(),
    );
    expect(await messages(cloud.otherCompartmentId)).toEqual([]);
    expect(notCalled("/20190909", cloud.calls)).toEqual([]);
  });

  it.each<[searchQuery: string, message: string]>([
    [
      "find x",
      'searchQuery: "find x" isn\'t modelled here: a query begins with search "<compartment>[/<log group>[/<log>]]"',
    ],
    [
      'search "c" | where type = 1',
      'searchQuery: "where type = 1" isn\'t modelled here: after search stands | sort by datetime [asc|desc], or nothing',
    ],
    [
      'search "c/g/l/x"',
      'searchQuery: "c/g/l/x" isn\'t modelled here: a scope has compartment, log group and log',
    ],
  ])("is refused by name: %s", async (searchQuery, message) => {
    const { clients } = await startCloud();
    expect(
      await errorOf(clients.logSearch.searchLogs({ searchLogsDetails: { ...during(), searchQuery } })),
    ).toEqual({
      statusCode: 400,
      serviceCode: "InvalidParameter",
      message,
      hasRequestId: true,
    });
  });
});
