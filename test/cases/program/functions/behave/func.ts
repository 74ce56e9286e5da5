import { serve } from "../../../../../functions/kit/serve.ts";
import { behave } from "./behave.ts";

serve(behave);
