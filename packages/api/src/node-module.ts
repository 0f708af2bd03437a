import type { X509Certificate } from "node:crypto"
import type { openAsBlob, promises } from "node:fs"

/** The modules of Node that are of use where there are any, and what of them. */
interface Modules {
  readonly "node:fs": { readonly openAsBlob: typeof openAsBlob; readonly promises: typeof promises }
  readonly "node:crypto": { readonly X509Certificate: typeof X509Certificate }
}

/** A module of Node, or `undefined` on other hosts: an import, even one at run time, would keep bundlers from building for those. */
export function nodeModule<Name extends keyof Modules>(name: Name): Modules[Name] | undefined {
  const host = globalThis as { process?: { getBuiltinModule?: (id: Name) => Modules[Name] | undefined } }
  return host.process?.getBuiltinModule?.(name)
}
