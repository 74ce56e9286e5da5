import fdk from "@fnproject/fdk";

fdk.handle((_input, context) => {
  const { searchParams } = new URL(context.httpGateway.requestURL, "http://localhost");
  return { message: `Hello, ${searchParams.get("name") ?? "World"}!` };
});
