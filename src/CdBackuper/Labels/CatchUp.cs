using CdBackuper.Notices.Discord;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Labels;

/// <summary>
/// Reads the channel from where it was read to, and does every reply in order. It is the one way to a label: the gateway only says
/// when to look, so that replies from while the bot was down are like all others.
/// </summary>
/// <param name="place">Where the bot works.</param>
/// <param name="policy">Whose replies count.</param>
/// <param name="bot">The bot's requests.</param>
/// <param name="shelf">The archive, as the bot sees it.</param>
/// <param name="times">The waits.</param>
/// <param name="logger">Where it is told.</param>
internal sealed class CatchUp(BotPlace place, LabelPolicy policy, DiscordBotHttp bot, BotShelf shelf, BotTimes times, ILogger logger)
{
    /// <summary>So much is read again each time: a message may turn up a moment later than one that is younger.</summary>
    private const ulong Overlap = 10_000UL << 22;

    /// <summary>How soon the channel has to be looked at again, whoever writes; null where nothing is left to be done.</summary>
    public TimeSpan? LookAgain { get; private set; }

    /// <returns>Null when all was read; otherwise what Discord said, and the rest is for later.</returns>
    public async Task<DiscordReply?> RunAsync(CancellationToken cancellationToken)
    {
        if ((shelf.Book.LoadCursor(place.Channel) ?? FirstNotice()) is not { } cursor)
        {
            // No notice was ever noted here, so that there is nothing to answer; but who answers the first one at once is faster than our note.
            LookAgain = times.FirstNotice;
            return null;
        }

        var pass = new ReplyPass(place, policy, bot, shelf, times, logger);
        var stopped = await ReadAsync(pass, cursor, cancellationToken);
        LookAgain = pass.LookAgain;
        return stopped;
    }

    private async Task<DiscordReply?> ReadAsync(ReplyPass pass, Snowflake cursor, CancellationToken cancellationToken)
    {
        var from = new Snowflake(cursor.Value > Overlap ? cursor.Value - Overlap : 0);
        while (true)
        {
            var reply = await bot.MessagesAfterAsync(place.Channel, from, cancellationToken);
            if (reply is not DiscordReply.Answer { IsSuccess: true } page)
            {
                return reply;
            }

            var items = page.Body.Items().ToArray();
            if (items.Length == 0)
            {
                return null;
            }

            await pass.DoAsync([.. items.Select(ReplyMessage.Parse).OfType<ReplyMessage>().OrderBy(message => message.Id)], cancellationToken);

            // Of what was given, not of what could be read: or a message that is none would be asked for without end.
            from = items.Max(item => item.Id("id") ?? default);

            // A reply that is not done is read again by whoever goes on.
            var done = pass.OldestUndone is { } undone && undone.CompareTo(from) <= 0 ? new(undone.Value - 1) : from;
            if (done.CompareTo(cursor) > 0)
            {
                shelf.EnsureOurs();
                shelf.Book.StoreCursor(place.Channel, done);
                cursor = done;
            }

            if (items.Length < DiscordBotHttp.PageSize)
            {
                return null;
            }
        }
    }

    private Snowflake? FirstNotice() => shelf.Ledger.Messages()
        .Where(message => shelf.Ledger.Find(message)?.Channel == place.Channel.ToString())
        .Select(message => Snowflake.TryParse(message, out var id) ? id : (Snowflake?)null)
        .FirstOrDefault();
}
