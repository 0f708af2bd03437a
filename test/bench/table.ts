export type Cell = string

/** A Markdown table. The first column is text, the others are figures. */
export function table(heads: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.join(" | ")} |`
  const rule = heads.map((_, column) => (column === 0 ? "---" : "---:"))
  return `${[line(heads), line(rule), ...rows.map(line)].join("\n")}\n`
}
