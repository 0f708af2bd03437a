import { describeEcho } from "./echo.ts"

describeEcho("hono")
