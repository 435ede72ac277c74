"""What tests are made of: little worlds, servers, and things to look with.

Little worlds: which one for which test, from the smallest to the whole.

================  ====================================================================
story             a database is told what happened; nothing is polled, nothing is sent
portal            accounts are found on a portal's page, minute by minute; who follows,
                  and alerts claimed and sent without Telegram
polled_pages      day pages are written, and processes poll them
polled_feeds      publishers' feeds are written, and polled
polled_both       both, by one process: one event from portal and publishers
post              Telegram as the sender knows it: what is sent at which pace, and fails how
digest_desk       a story, and readers with digests and quiet hours: what reaches them when
merging           two events that turn out to be one, and a chat's alerts of them
using             the use cases about follows, without Telegram
talk              a reader talks with the bot over HTTP: commands, buttons, answers
operator_talk     the same for an operator: /sources, and the publishers asked by it
groups            who is in a group, and what is kept of it, for a talk there
newsroom          a Wikipedia over HTTP, the bot and its reader: an event's whole way
year              recorded revisions through all of it, beside what must come of them
town              the chat page in a browser, with the bot behind it; tour: several windows
browser           the chat page in a browser, without the bot
commands          ``dateline`` in this process: what a command prints
children          ``dateline`` as a process of its own; nursery: many, started fast
checked_site      a publisher's site for ``dateline sources check``
================  ====================================================================

Servers: wiki (with wiki_answers) is Wikipedia and Wikidata, hostile a server that answers byte
for byte, faults what any may do instead of answering; serving puts an application on loopback.
The chat page's clients are in chat_page, calls checked against the Bot API in bot_api.

What is read: day_pages (of the portal), feeds, feed_versions, heads; recordings and data (what
is recorded), golden and expected (what should come of it).

Databases: databases, postgres; rows, statements and leases look into them.

Else: requests (to services), flood (one event, due to whom), reckoning, weighing and
digest_readers (what must come to a reader, in which order), intended, languages and wording
(what is said), guards, forward (time).
"""
