import { serve } from "../../../../functions/kit/serve.ts";
import { report } from "./handler.ts";

serve(report);
