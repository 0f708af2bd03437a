import { describeEcho } from "./echo.ts"

describeEcho("node")
