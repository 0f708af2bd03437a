import { place } from "./place.js"
import { toast } from "./toast.js"

/**
 * Has the chosen person do something in the chosen chat; what goes wrong is shown.
 *
 * @param {string} action
 * @param {Record<string, unknown>} [details]
 * @returns {Promise<Record<string, any> | undefined>} what came of it, `undefined` if it failed
 */
export async function act(action, details = {}) {
  try {
    const response = await fetch("/actions", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ action, ...place(), ...details }),
    })
    const result = await response.json()
    if (response.ok) return result
    toast(result.error)
  } catch {
    toast("The simulator does not answer.")
  }
  return undefined
}
