import { describeEcho } from "./echo.ts"

describeEcho("express")
