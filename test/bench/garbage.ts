import type { GCProfilerResult, HeapSpaceStatistics } from "node:v8"

/**
 * Bytes that outlived young collections (V8's scavenges), summed: what is left in the young space after each, and what
 * it moved to the old spaces. Whatever is alive at that moment counts, also the requests under way.
 */
export function youngCollections({ statistics }: GCProfilerResult): number {
  return statistics
    .filter(({ gcType }) => gcType === "Scavenge")
    .reduce((sum, { beforeGC, afterGC }) => {
      const after = used(afterGC.heapSpaceStatistics)
      const before = used(beforeGC.heapSpaceStatistics)
      return sum + after.young + Math.max(0, after.old - before.old)
    }, 0)
}

function used(spaces: readonly HeapSpaceStatistics[]): { young: number; old: number } {
  let young = 0
  let old = 0
  for (const { spaceName, spaceUsedSize } of spaces) {
    if (spaceName.startsWith("new_")) young += spaceUsedSize
    else old += spaceUsedSize
  }
  return { young, old }
}
