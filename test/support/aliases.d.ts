/** The previous majors, under their aliases. Their types are close enough to the current ones. */
declare module "express4" {
  import express from "express"
  export default express
}

declare module "koa2" {
  import Koa from "koa"
  export default Koa
}
