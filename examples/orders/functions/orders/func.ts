import { serve } from "../../../../functions/kit/serve.ts";
import { orders } from "./handler.ts";

serve(orders);
