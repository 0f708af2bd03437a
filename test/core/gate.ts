/** A promise that the test resolves. */
export interface Gate {
  readonly opened: Promise<void>
  open(): void
}

export function gate(): Gate {
  let resolved: (() => void) | undefined
  const opened = new Promise<void>((resolve) => {
    resolved = resolve
  })
  return { opened, open: () => resolved?.() }
}
