import { z } from "zod";

/** A moment in whatever form the driver, or JSON, gives it; read as ISO 8601, UTC. */
export const moment = z.union([z.date(), z.string()]).transform((value) => new Date(value).toISOString());
