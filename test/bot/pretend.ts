import type { Api } from "@hookgram/api"
import type { Update } from "@hookgram/core"

export interface Called {
  readonly method: string
  readonly parameters: Readonly<Record<string, unknown>> | undefined
}

/** A Bot API that notes what it is asked, and answers with `answer`. */
export function pretendApi(answer: (called: Called) => unknown = () => true): { api: Api; calls: Called[] } {
  const calls: Called[] = []
  const api = new Proxy({} as Api, {
    get: (_, method: string) => async (parameters?: Called["parameters"]) => {
      const called = { method, parameters }
      calls.push(called)
      return answer(called)
    },
  })
  return { api, calls }
}

let lastId = 1

/** A private message, the smallest there is. */
export function message(text: string, more: object = {}): Update {
  return updateOf("message", {
    message_id: 5,
    from: { id: 7, is_bot: false, first_name: "Ana" },
    chat: { id: 7, type: "private", first_name: "Ana" },
    date: 1_760_000_000,
    text,
    ...more,
  })
}

export function callbackQuery(data: string, more: object = {}): Update {
  const { message: sent } = message("Choose", { from: { id: 99, is_bot: true, first_name: "Bot" } })
  return updateOf("callback_query", {
    id: "123",
    from: { id: 7, is_bot: false, first_name: "Ana" },
    chat_instance: "1",
    message: sent,
    data,
    ...more,
  })
}

export function updateOf(kind: string, payload: object): Update {
  return { update_id: ++lastId, [kind]: payload }
}
