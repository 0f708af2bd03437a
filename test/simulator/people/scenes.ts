import type { Simulator } from "@hookgram/simulator"
import { call, type Kind } from "./telegram.ts"

/** How an update of a kind comes to be, and the recorded one that it looks like. */
export interface Scene {
  kind: Kind
  /** The file without its extension. */
  recorded: string
  make: (telegram: Simulator) => Promise<unknown>
  /** Fields that the recorded one has beside ours: they depend on who it was, or are of the future. */
  theirs?: string[]
  /** Fields that ours has beside the recorded one's: they depend on who it is, or have come since. */
  ours?: string[]
}

const ana = { username: "ana", language_code: "es" } as const
const ben = { last_name: "Bird", language_code: "vi" } as const
const premium = { ...ana, is_premium: true } as const
const buttons = { inline_keyboard: [[{ text: "Yes", callback_data: "yes" }]] }
const poll = { question: "Tea?", options: ["Yes", "No"], is_anonymous: false }
const prices = [{ label: "Book", amount: 975 }]

/** At least one for each kind that has been recorded. */
export const scenes: Scene[] = [
  {
    kind: "message",
    recorded: "message-06-new-chat-members-with-legacy-fields",
    make: async (telegram) =>
      telegram.group("Team", { members: [telegram.user("Ana", { ...ana, last_name: "Bird" })], type: "group" }),
  },
  {
    kind: "edited_message",
    recorded: "edited_message-09-text-edited",
    make: async (telegram) => {
      const person = telegram.user("Ana", ana)
      const here = person.in(telegram.group("Team", { members: [person] }))
      await here.edit(await here.send("Helo"), "Hello")
    },
  },
  {
    kind: "channel_post",
    recorded: "channel_post-01-text-with-username",
    make: (telegram) => telegram.channel("News", { username: "news" }).post("Test"),
  },
  {
    kind: "edited_channel_post",
    recorded: "edited_channel_post-01-text-edited",
    make: async (telegram) => {
      const news = telegram.channel("News")
      await news.edit(await news.post("test"), "test test")
    },
  },
  {
    kind: "inline_query",
    recorded: "inline_query-06-location-and-offset",
    make: (telegram) => {
      const location = { latitude: 63.29, longitude: 18.71, horizontal_accuracy: 32.5 }
      return telegram.user("Ana", ana).inline("nearest", { offset: "50", location })
    },
  },
  {
    kind: "chosen_inline_result",
    recorded: "chosen_inline_result-02-location",
    make: async (telegram) => {
      const request = await telegram.user("Ana", ana).inline("q", { location: { latitude: 63.29, longitude: 18.71 } })
      const text = { message_text: "Tide" }
      const results = [{ type: "article", id: "1", title: "A", input_message_content: text, reply_markup: buttons }]
      await call(telegram, "answerInlineQuery", { inline_query_id: request.inlineQuery.id, results })
      await request.choose(0)
    },
  },
  {
    kind: "callback_query",
    recorded: "callback_query-03-callback-query",
    make: async (telegram) => {
      const person = telegram.user("Ana", ana)
      await person.start()
      await call(telegram, "sendMessage", { chat_id: person.id, text: "Sure?", reply_markup: buttons })
      await person.press("Yes")
    },
  },
  {
    kind: "shipping_query",
    recorded: "shipping_query-02-unicode-address",
    make: async (telegram) => {
      const person = telegram.user("Ana", ana)
      await person.start()
      const terms = { title: "Book", description: "Good", payload: "b", provider_token: "x", currency: "EUR", prices }
      const invoice = await call(telegram, "sendInvoice", { chat_id: person.id, ...terms, is_flexible: true })
      await person.pay(invoice, { timeout: 1 }).catch(() => {})
    },
  },
  {
    kind: "pre_checkout_query",
    recorded: "pre_checkout_query-03-stars-subscription",
    make: async (telegram) => {
      const person = telegram.user("Ana", ana)
      await person.start()
      const terms = { title: "Stars", description: "Good", payload: "s", currency: "XTR", prices }
      const invoice = await call(telegram, "sendInvoice", { chat_id: person.id, ...terms })
      await person.pay(invoice, { timeout: 1 }).catch(() => {})
    },
  },
  {
    kind: "poll",
    recorded: "poll-01-public-poll-one-vote",
    make: async (telegram) => {
      const person = telegram.user("Ana", ana)
      await person.start()
      await person.vote(await call(telegram, "sendPoll", { chat_id: person.id, ...poll }), [0])
    },
    ours: ["options[].persistent_id", "allows_revoting", "members_only"],
  },
  {
    kind: "poll_answer",
    recorded: "poll_answer-02-retracted-by-anonymous-channel",
    make: async (telegram) => {
      const owner = telegram.user("Ana", ana)
      const group = telegram.group("Team", { owner })
      const message = await call(telegram, "sendPoll", { chat_id: group.id, ...poll })
      const here = owner.in(group).as(telegram.channel("News", { username: "news", owner }))
      await here.vote(message, [0])
      await here.vote(message, [])
    },
  },
  {
    kind: "my_chat_member",
    recorded: "my_chat_member-05-bot-blocked-by-user",
    make: async (telegram) => {
      const person = telegram.user("Ana", ana)
      await person.start()
      await person.block()
    },
  },
  {
    kind: "my_chat_member",
    recorded: "my_chat_member-03-administrator-to-kicked",
    make: async (telegram) => {
      const owner = telegram.user("Ana", { ...ana, last_name: "II" })
      const group = telegram.group("Team", { owner, administrators: [telegram.bot] })
      await group.ban(telegram.bot)
    },
    ours: ["old_chat_member.can_manage_tags", "old_chat_member.can_send_welcome_messages"],
  },
  {
    kind: "chat_member",
    recorded: "chat_member-04-member-to-restricted",
    make: async (telegram) => {
      const member = telegram.user("Ben", { last_name: "Bird", username: "ben" })
      const owner = telegram.user("Ana", ana)
      const group = telegram.group("Team", { owner, members: [member], administrators: [telegram.bot] })
      await group.restrict(member, { can_send_messages: true })
    },
    theirs: ["old_chat_member.tag", "new_chat_member.tag"],
  },
  {
    kind: "chat_join_request",
    recorded: "chat_join_request-02-bio-and-named-link",
    make: async (telegram) => {
      const group = telegram.group("Team", {
        owner: telegram.user("Åsa", { username: "asa" }),
        administrators: [telegram.bot],
      })
      const terms = { creates_join_request: true, name: "March", expire_date: 1, pending_join_request_count: 3 }
      const link = await group.createInviteLink(terms)
      await telegram.user("Ben", { ...ben, username: "ben" }).requestToJoin(group, { link, bio: "Hi" })
    },
  },
  {
    kind: "chat_boost",
    recorded: "chat_boost-01-premium-source",
    make: async (telegram) => telegram.user("Ana", premium).boost(telegram.channel("News")),
  },
  {
    kind: "removed_chat_boost",
    recorded: "removed_chat_boost-01-premium-source",
    make: async (telegram) => {
      const person = telegram.user("Ana", premium)
      const news = telegram.channel("News")
      await person.unboost(news, await person.boost(news))
    },
  },
  {
    kind: "message_reaction",
    recorded: "message_reaction-02-message-reaction",
    make: async (telegram) => {
      const person = telegram.user("Ana", ana)
      const message = await person.send("Hi")
      await person.react(message, "❤")
      await person.react(message, "❤", "🤡", { type: "custom_emoji", custom_emoji_id: "1" })
    },
  },
  {
    kind: "message_reaction_count",
    recorded: "message_reaction_count-02-paid-first",
    make: async (telegram) => {
      const news = telegram.channel("News", { username: "news" })
      const here = telegram.user("Ana").in(news)
      await here.react(await news.post("Tides"), "❤", { type: "paid" }, { type: "custom_emoji", custom_emoji_id: "1" })
    },
  },
  {
    kind: "business_connection",
    recorded: "business_connection-02-all-rights-enabled",
    make: (telegram) => telegram.user("Zoya", { ...premium, last_name: "L" }).connectBusiness(),
    theirs: [
      "can_edit_name",
      "can_edit_bio",
      "can_edit_profile_photo",
      "can_edit_username",
      "can_view_gifts_and_stars",
      "can_convert_gifts_to_stars",
      "can_change_gift_settings",
      "can_transfer_and_upgrade_gifts",
      "can_transfer_stars",
      "can_manage_stories",
    ].map((right) => `rights.${right}`),
  },
  {
    kind: "business_message",
    recorded: "business_message-02-photo-from-customer",
    make: async (telegram) => {
      const [shop, customer] = [telegram.user("Zoya", { ...premium, last_name: "L" }), telegram.user("Ben", ben)]
      await shop.connectBusiness()
      const reply_to = await shop.to(customer).send("A photo, please")
      await customer.to(shop).send({ photo: Buffer.from("JPEG"), caption: "Here #vase", reply_to })
    },
  },
  {
    kind: "edited_business_message",
    recorded: "edited_business_message-01-text-with-entities",
    make: async (telegram) => {
      const [shop, customer] = [telegram.user("Zoya"), telegram.user("Ben", ben)]
      await shop.connectBusiness()
      const here = customer.to(shop)
      const text = "See https://example.com/"
      await here.edit(await here.send("See"), { text, link_preview_options: { is_disabled: true } })
    },
  },
  {
    kind: "deleted_business_messages",
    recorded: "deleted_business_messages-02-hundred-ids",
    make: async (telegram) => {
      const [shop, customer] = [telegram.user("Zoya"), telegram.user("Ben", ben)]
      await shop.connectBusiness()
      const here = customer.to(shop)
      await here.delete(await here.send("One"), await here.send("Two"))
    },
  },
  {
    kind: "purchased_paid_media",
    recorded: "purchased_paid_media-01-test-payload",
    make: async (telegram) => {
      const person = telegram.user("Ana", ana)
      await person.start()
      const media = [{ type: "photo", media: "https://example.com/a.jpg" }]
      const message = await call(telegram, "sendPaidMedia", { chat_id: person.id, star_count: 5, media, payload: "p" })
      await person.buy(message)
    },
  },
  {
    kind: "managed_bot",
    recorded: "managed_bot-02-token-changed",
    make: async (telegram) => telegram.user("Åsa", ana).manageBot(telegram.addBot({ username: "weather_bot" })),
  },
  {
    kind: "guest_message",
    recorded: "guest_message-03-mention-with-reply-in-supergroup",
    make: async (telegram) => {
      telegram.bot.user = { ...telegram.bot.user, username: "guest_bot", supports_guest_queries: true }
      const [person, timur] = [telegram.user("Åsa", ana), telegram.user("Timur", { is_premium: true })]
      const group = telegram.group("Hike", { members: [person, timur], forum: true, bots: [] })
      const reply_to = await timur.in(group).send("When is sunrise?")
      await person.in(group).send({ text: "@guest_bot tell", reply_to })
    },
  },
  {
    kind: "subscription",
    recorded: "subscription-01-subscription",
    make: (telegram) => telegram.user("Ana", { ...premium, last_name: "Lima" }).changeSubscription("foo", "active"),
  },
]
