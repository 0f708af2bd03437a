import { describeEcho } from "./echo.ts"

describeEcho("fast-lane")
