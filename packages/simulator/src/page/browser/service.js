/** @typedef {import("@grammyjs/types").Message} Message */
/** @typedef {{ first_name: string, last_name?: string }} Name */

/**
 * What the messages say that nobody wrote, by the field that makes them such.
 *
 * @type {Record<string, (message: any, who: string) => string>}
 */
const sentences = {
  new_chat_members: ({ new_chat_members: members, from }, who) =>
    members.length === 1 && members[0].id === from?.id
      ? `${who} joined`
      : `${who} added ${members.map(nameOf).join(", ")}`,
  left_chat_member: ({ left_chat_member: member, from }, who) =>
    member.id === from?.id ? `${who} left` : `${who} removed ${nameOf(member)}`,
  new_chat_title: ({ new_chat_title: title }, who) => `${who} changed the title to “${title}”`,
  new_chat_photo: (_, who) => `${who} changed the photo`,
  delete_chat_photo: (_, who) => `${who} removed the photo`,
  group_chat_created: (_, who) => `${who} created the group`,
  supergroup_chat_created: (_, who) => `${who} created the group`,
  channel_chat_created: () => "Channel created",
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: () => "The group became a supergroup",
  pinned_message: (_, who) => `${who} pinned a message`,
  forum_topic_created: ({ forum_topic_created: topic }, who) => `${who} created the topic “${topic.name}”`,
  forum_topic_edited: (_, who) => `${who} changed the topic`,
  forum_topic_closed: (_, who) => `${who} closed the topic`,
  forum_topic_reopened: (_, who) => `${who} opened the topic again`,
  successful_payment: ({ successful_payment: { total_amount, currency } }) => `Paid: ${total_amount} ${currency}`,
  refunded_payment: ({ refunded_payment: { total_amount, currency } }) => `Refunded: ${total_amount} ${currency}`,
  boost_added: (_, who) => `${who} boosted the chat`,
  web_app_data: ({ web_app_data: data }) => `Data of “${data.button_text}” sent to the bot`,
  write_access_allowed: (_, who) => `${who} allowed the bot to write`,
}

/** Fields that are about a message, not in it. */
const about = new Set(
  `message_id message_thread_id from sender_chat sender_boost_count sender_business_bot date business_connection_id chat
   is_topic_message forward_origin is_automatic_forward reply_to_message external_reply quote reply_to_story via_bot edit_date
   has_protected_content is_from_offline media_group_id author_signature paid_star_count effect_id link_preview_options
   show_caption_above_media has_media_spoiler reply_markup entities caption_entities sender_tag is_paid_post`.split(
    /\s+/,
  ),
)

/**
 * The sentence that a service message is shown as, or `undefined` if somebody wrote it.
 *
 * @param {Message} message
 * @returns {string | undefined}
 */
export function serviceText(message) {
  const kind = Object.keys(message).find((name) => name in sentences)
  const { from, sender_chat: chat } = message
  return kind && sentences[kind]?.(message, from ? nameOf(from) : (chat && "title" in chat && chat.title) || "Somebody")
}

/**
 * The field that says what a message is.
 *
 * @param {Message} message
 */
export function kindOf(message) {
  return Object.keys(message).find((name) => !about.has(name)) ?? "message"
}

/** @param {Name} name */
export function nameOf({ first_name, last_name }) {
  return last_name ? `${first_name} ${last_name}` : first_name
}
