// A program of another team: it reads the outputs of the API's stack, and calls the API.
import * as pulumi from "@pulumi/pulumi";
import { readApi } from "../../components/reader.ts";

const api = readApi(new pulumi.StackReference(new pulumi.Config().require("apiStack")));

export const endpoint = api.endpoint;
export const helloUrl = api.url("GET", "/hello");
// Called in an update only: a preview changes nothing and asks nobody.
export const greeting = pulumi.runtime.isDryRun() ? undefined : helloUrl.apply(greet);

async function greet(url: string): Promise<string> {
  const response = await fetch(`${url}?name=consumer`);
  if (!response.ok) throw new pulumi.RunError(`${url} answers ${response.status} ${await response.text()}`);
  const { message } = (await response.json()) as { message: string };
  return message;
}
