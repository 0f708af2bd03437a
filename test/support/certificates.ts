import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export interface Certificate {
  readonly cert: string
  readonly key: string
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]

/** A certificate that nobody signed but itself. Needs `openssl`. */
export function selfSigned(subject: string, ...extensions: string[]): Certificate {
  return inFolder((folder) => {
    const added = extensions.flatMap((extension) => ["-addext", extension])
    openssl(folder, "req", "-x509", ...newKey, "-days", "2", "-subj", `/CN=${subject}`, ...added, ...files("own"))
    return pair(folder, "own")
  })
}

/** A certificate that a root has signed, which only this test knows. Needs `openssl`. */
export function signed(subject: string, ...extensions: string[]): Certificate & { readonly root: string } {
  return inFolder((folder) => {
    openssl(folder, "req", "-x509", ...newKey, "-days", "2", "-subj", "/CN=A root of tests", ...files("root"))
    openssl(folder, "req", ...newKey, "-subj", `/CN=${subject}`, "-keyout", "own.key", "-out", "own.csr")
    writeFileSync(join(folder, "extensions"), extensions.join("\n"))
    const by = ["-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-extfile", "extensions"]
    openssl(folder, "x509", "-req", "-in", "own.csr", ...by, "-days", "2", "-out", "own.pem")
    return { ...pair(folder, "own"), root: pair(folder, "root").cert }
  })
}

function inFolder<T>(use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "hookgram-certificate-"))
  try {
    return use(folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function openssl(folder: string, ...parameters: string[]): void {
  execFileSync("openssl", parameters, { cwd: folder, stdio: ["ignore", "ignore", "pipe"] })
}

function files(name: string): string[] {
  return ["-keyout", `${name}.key`, "-out", `${name}.pem`]
}

function pair(folder: string, name: string): Certificate {
  return {
    cert: readFileSync(join(folder, `${name}.pem`), "utf8"),
    key: readFileSync(join(folder, `${name}.key`), "utf8"),
  }
}
