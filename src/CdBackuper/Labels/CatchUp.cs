using CdBackuper.Archive.Format;
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
/// <param name="logger">Where it is told.</param>
internal sealed partial class CatchUp(BotPlace place, LabelPolicy policy, DiscordBotHttp bot, BotShelf shelf, ILogger logger)
{
    /// <summary>So much is read again each time: a message may turn up a moment later than one that is younger.</summary>
    private const ulong Overlap = 10_000UL << 22;

    /// <summary>Who answers a notice faster than so may be faster than our note of it.</summary>
    private static readonly TimeSpan Haste = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan NoteLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan NoteLook = TimeSpan.FromMilliseconds(250);

    private readonly Dictionary<Snowflake, IReadOnlyCollection<Snowflake>> roles = [];

    /// <returns>Null when all was read and done; otherwise what Discord said, and the rest is for later.</returns>
    public async Task<DiscordReply?> RunAsync(CancellationToken cancellationToken)
    {
        roles.Clear();
        if ((shelf.Book.LoadCursor(place.Channel) ?? FirstNotice()) is not { } cursor)
        {
            // No notice was ever sent here: there is nothing to answer.
            return null;
        }

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

            if (await PageAsync([.. items.Select(ReplyMessage.Parse).OfType<ReplyMessage>().OrderBy(message => message.Id)], cancellationToken) is { } later)
            {
                return later;
            }

            // Of what was given, not of what could be read: or a message that is none would be asked for without end.
            from = items.Max(item => item.Id("id") ?? default);
            if (from.CompareTo(cursor) > 0)
            {
                shelf.EnsureOurs();
                shelf.Book.StoreCursor(place.Channel, from);
                cursor = from;
            }

            if (items.Length < DiscordBotHttp.PageSize)
            {
                return null;
            }
        }
    }

    private async Task<DiscordReply?> PageAsync(IReadOnlyList<ReplyMessage> messages, CancellationToken cancellationToken)
    {
        var answered = messages.Where(message => message.Author == place.Self && message.Answers is not null)
            .Select(message => message.Answers!.Value).ToHashSet();
        foreach (var message in messages.Where(message => ReplyRules.IsCandidate(message, policy)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await DoAsync(message, answered.Contains(message.Id), cancellationToken) is { } later)
            {
                return later;
            }
        }

        return null;
    }

    private async Task<DiscordReply?> DoAsync(ReplyMessage message, bool isAnswered, CancellationToken cancellationToken)
    {
        var record = shelf.Book.Load(message.Id);
        if (record is null)
        {
            var notice = await NoticeAsync(message, cancellationToken);
            var (roles, later) = await RolesAsync(message, notice, cancellationToken);
            if (later is not null)
            {
                return later;
            }

            var verdict = ReplyRules.Judge(message, notice, roles, policy);
            if (verdict is ReplyVerdict.Ignore)
            {
                return null;
            }

            shelf.EnsureOurs();
            record = shelf.Work.Begin(message, verdict);
        }

        if (record.State == ReplyState.Replied)
        {
            return null;
        }

        shelf.EnsureOurs();
        return await shelf.Work.FinishAsync(message, record, isAnswered, cancellationToken);
    }

    private async Task<SentNotice?> NoticeAsync(ReplyMessage message, CancellationToken cancellationToken)
    {
        var id = message.Answers!.Value;
        var isHasty = message.AnswersWebhook is { } webhook && webhook == policy.Webhook && message.Id.Time - id.Time < Haste;
        var begin = shelf.Clock.GetTimestamp();
        while (true)
        {
            var notice = shelf.Ledger.Find(id.ToString());
            if (notice is not null || !isHasty || shelf.Clock.GetElapsedTime(begin) > NoteLimit)
            {
                return notice;
            }

            await Task.Delay(NoteLook, shelf.Clock, cancellationToken);
        }
    }

    private async Task<(IReadOnlyCollection<Snowflake> Roles, DiscordReply? Later)> RolesAsync(
        ReplyMessage message, SentNotice? notice, CancellationToken cancellationToken)
    {
        var person = message.Author;
        var matters = policy.NeedsRoles(person) && (notice is not null || message.AnswersWebhook == policy.Webhook);
        if (!matters || roles.TryGetValue(person, out _))
        {
            return (matters ? roles[person] : [], null);
        }

        var reply = await bot.MemberAsync(place.Guild, person, cancellationToken);
        if (reply is DiscordReply.NotNow or DiscordReply.Answer { Status: 401 })
        {
            return ([], reply);
        }

        var answer = (DiscordReply.Answer)reply;
        if (!answer.IsSuccess && answer.Code != DiscordCodes.UnknownMember)
        {
            Log.NoRoles(logger, person.ToString(), answer.Reason);
        }

        roles[person] = [.. answer.Body.Field("roles").Items()
            .Select(role => Snowflake.TryParse(role.ToString(), out var id) ? id : default)];
        return (roles[person], null);
    }

    private Snowflake? FirstNotice() => shelf.Ledger.Messages()
        .Where(message => shelf.Ledger.Find(message)?.Channel == place.Channel.ToString())
        .Select(message => Snowflake.TryParse(message, out var id) ? id : (Snowflake?)null)
        .FirstOrDefault();

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The roles of {Person} can't be asked for, so that none count: {Reason}")]
        public static partial void NoRoles(ILogger logger, string person, string reason);
    }
}
