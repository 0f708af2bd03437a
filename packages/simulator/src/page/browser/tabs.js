import { byId } from "./element.js"

const tabs = ["deliveries", "calls"]

/** @param {string} chosen */
function choose(chosen) {
  for (const name of tabs) {
    byId(name).hidden = name !== chosen
    byId(`${name}-tab`).setAttribute("aria-selected", String(name === chosen))
    byId(`${name}-tab`).tabIndex = name === chosen ? 0 : -1
  }
}

for (const [index, name] of tabs.entries()) {
  byId(`${name}-tab`).addEventListener("click", () => choose(name))
  byId(`${name}-tab`).addEventListener("keydown", ({ key }) => {
    if (key !== "ArrowLeft" && key !== "ArrowRight") return
    const next = /** @type {string} */ (tabs[(index + 1) % tabs.length])
    choose(next)
    byId(`${next}-tab`).focus()
  })
}

/** On a narrow screen, one part of the page is shown at a time. */
const parts = [...document.querySelectorAll("[data-show]")].filter((part) => part instanceof HTMLElement)
for (const part of parts) {
  part.addEventListener("click", () => {
    document.body.dataset["view"] = part.dataset["show"]
  })
}

new MutationObserver(() => {
  for (const part of parts) {
    if (part.dataset["show"] === document.body.dataset["view"]) part.setAttribute("aria-current", "true")
    else part.removeAttribute("aria-current")
  }
}).observe(document.body, { attributeFilter: ["data-view"] })
