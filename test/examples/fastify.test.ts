import { describeEcho } from "./echo.ts"

describeEcho("fastify")
