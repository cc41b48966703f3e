// The real discord.js as a client that tests drive: commands come as lines on standard input, what happens goes out as lines of JSON.
'use strict';

const readline = require('node:readline');
const { Client, Events, GatewayIntentBits, Partials } = require('discord.js');

const [api, token, channelId] = process.argv.slice(2);

function tell(event, fields = {}) {
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
}

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  partials: [Partials.Message, Partials.Channel],
  rest: { api, version: '10', retries: 3 },
});

client.once(Events.ClientReady, (ready) => tell('ready', { text: ready.user.id }));
client.on(Events.ShardReady, () => tell('online', { text: 'ready' }));
client.on(Events.ShardResume, () => tell('online', { text: 'resumed' }));
client.on(Events.ShardDisconnect, (closed) => tell('stopped', { text: String(closed.code) }));
client.on(Events.Error, (error) => tell('error', { text: String(error) }));
client.on(Events.MessageCreate, (message) => {
  if (message.author.id !== client.user.id) {
    tell('message', { id: message.id, text: message.content, answers: message.reference?.messageId ?? null });
  }
});

const commands = {
  async fetch(id) {
    const channel = await client.channels.fetch(channelId);
    const message = await channel.messages.fetch({ message: id, force: true });
    tell('fetched', { id, text: message.content, answers: message.reference?.messageId ?? null });
  },
  async react(id, mark) {
    const channel = await client.channels.fetch(channelId);
    await (await channel.messages.fetch(id)).react(mark);
    tell('reacted', { id });
  },
  async reply(id, ...words) {
    const channel = await client.channels.fetch(channelId);
    const sent = await (await channel.messages.fetch(id)).reply({ content: words.join(' '), allowedMentions: { parse: [] } });
    tell('replied', { id: sent.id });
  },
  async quit() {
    await client.destroy();
    process.exit(0);
  },
};

readline.createInterface({ input: process.stdin }).on('line', async (line) => {
  const [name, ...words] = line.split(' ');
  try {
    await commands[name](...words);
  } catch (error) {
    tell('failed', { text: `${name}: ${error}` });
  }
}).on('close', () => process.exit(0));

client.login(token).catch((error) => tell('refused', { text: String(error) }));
