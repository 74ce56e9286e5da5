import { serve } from "../../../../../functions/kit/serve.ts";
import { authorize } from "./authorize.ts";

serve(authorize);
