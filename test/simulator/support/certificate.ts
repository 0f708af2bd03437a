import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** A certificate that nobody signed but itself, with its key, both as PEM. Needs `openssl`. */
export function selfSigned(subject: string, alternativeName?: string): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), "hookgram-certificate-"))
  try {
    const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")]
    const names = alternativeName ? ["-addext", `subjectAltName=${alternativeName}`] : []
    execFileSync(
      "openssl",
      [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
        "-subj",
        `/CN=${subject}`,
        ...names,
        "-keyout",
        keyFile,
        "-out",
        certFile,
      ],
      { stdio: "ignore" },
    )
    return { cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
