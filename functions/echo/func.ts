import { serve } from "../kit/serve.ts";
import { echo } from "./handler.ts";

serve((request) => echo(request, process.env));
