import { describeEcho } from "./echo.ts"

describeEcho("koa")
