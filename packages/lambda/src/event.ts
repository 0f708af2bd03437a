/**
 * An HTTP request as Lambda gets it: what is looked at of API Gateway's payload formats 1.0 and 2.0, of a Function URL's
 * (which is 2.0), and of an Application Load Balancer's. The types of `@types/aws-lambda` fit.
 */
export interface LambdaEvent {
  /** Format 1.0 and load balancers. */
  readonly httpMethod?: string | undefined
  /** Format 1.0 and load balancers. */
  readonly path?: string | undefined
  /** Format 2.0. */
  readonly rawPath?: string | undefined
  /** Names in any case. */
  readonly headers?: Readonly<Record<string, string | undefined>> | null | undefined
  /** Format 1.0, beside `headers`; a load balancer that is told so, instead of them. */
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null | undefined
  readonly body?: string | null | undefined
  readonly isBase64Encoded?: boolean | undefined
  readonly requestContext?:
    | {
        /** Format 2.0. */
        readonly http?: { readonly method: string; readonly sourceIp: string } | undefined
        /** Format 1.0. */
        readonly identity?: { readonly sourceIp: string } | undefined
        /** Load balancers. */
        readonly elb?: { readonly targetGroupArn: string } | undefined
      }
    | undefined
}

/** What is used of Lambda's context. */
export interface LambdaContext {
  /** Milliseconds until Lambda stops the function. */
  getRemainingTimeInMillis(): number
}

/** An answer that API Gateway, a Function URL and a load balancer all understand. */
export interface LambdaResult {
  readonly statusCode: number
  readonly headers?: Record<string, string>
  /** For a load balancer that sends these: it looks at no others. */
  readonly multiValueHeaders?: Record<string, string[]>
  readonly body: string
  readonly isBase64Encoded: boolean
}

/** The value of each header by its name in lower case; several values of one name joined by a comma. */
export function headersOf({ headers, multiValueHeaders }: LambdaEvent): ReadonlyMap<string, string> {
  const pairs = Object.entries(multiValueHeaders ?? headers ?? {})
  return new Map(pairs.map(([name, value]) => [name.toLowerCase(), [value ?? ""].flat().join(", ")]))
}
