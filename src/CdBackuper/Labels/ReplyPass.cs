using CdBackuper.Notices.Discord;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Labels;

/// <summary>
/// One pass over the channel. A reply that can't be done now (its mark fails, the author's roles can't be asked for, its notice is not noted
/// yet) holds up no other: it is left for the next pass.
/// </summary>
/// <param name="place">Where the bot works.</param>
/// <param name="policy">Whose replies count.</param>
/// <param name="bot">The bot's requests.</param>
/// <param name="shelf">The archive, as the bot sees it.</param>
/// <param name="times">The waits.</param>
/// <param name="logger">Where it is told.</param>
internal sealed partial class ReplyPass(
    BotPlace place, LabelPolicy policy, DiscordBotHttp bot, BotShelf shelf, BotTimes times, ILogger logger)
{
    /// <summary>Where so many fail, Discord does: labels are written still, and nothing more is asked of it in this pass.</summary>
    private const int MaxFailures = 2;

    private readonly Dictionary<Snowflake, IReadOnlyCollection<Snowflake>> roles = [];
    private int failures;

    /// <summary>The oldest reply that was left for later; null for none.</summary>
    public Snowflake? OldestUndone { get; private set; }

    /// <summary>When the next pass should be; null where nothing was left.</summary>
    public TimeSpan? LookAgain { get; private set; }

    /// <param name="messages">In order of their ids.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    public async Task DoAsync(IReadOnlyList<ReplyMessage> messages, CancellationToken cancellationToken)
    {
        var answered = messages.Where(message => message.Author == place.Self && message.Answers is not null)
            .Select(message => message.Answers!.Value).ToHashSet();
        foreach (var message in messages.Where(message => ReplyRules.IsCandidate(message, policy)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await DoAsync(message, answered.Contains(message.Id), cancellationToken);
        }
    }

    private async Task DoAsync(ReplyMessage message, bool isAnswered, CancellationToken cancellationToken)
    {
        var record = shelf.Book.Load(message.Id) ?? await BeginAsync(message, cancellationToken);
        if (record is null or { State: ReplyState.Replied })
        {
            return;
        }

        if (failures >= MaxFailures)
        {
            Leave(message, times.Trouble);
            return;
        }

        shelf.EnsureOurs();
        if (await shelf.Work.FinishAsync(message, record, isAnswered, cancellationToken) is { } later)
        {
            failures++;
            Leave(message, later.After > times.Trouble ? later.After : times.Trouble);
        }
    }

    /// <returns>Null for what is none of ours, and for what was left for later.</returns>
    private async Task<ReplyRecord?> BeginAsync(ReplyMessage message, CancellationToken cancellationToken)
    {
        var notice = shelf.Ledger.Find(message.Answers!.Value.ToString());
        if (notice is null)
        {
            LeaveWhereYoung(message);
            return null;
        }

        if (await RolesAsync(message.Author, cancellationToken) is not { } rolesOfAuthor)
        {
            failures++;
            Leave(message, times.Trouble);
            return null;
        }

        if (ReplyRules.Judge(message, notice, rolesOfAuthor, policy) is var verdict && verdict is ReplyVerdict.Ignore)
        {
            return null;
        }

        shelf.EnsureOurs();
        return shelf.Work.Begin(message, verdict);
    }

    /// <summary>
    /// An answer to a message that is not in the ledger. It is another archive's, a forger's, or ours and noted a moment later: by this process,
    /// or by one whose file the network shows late.
    /// </summary>
    private void LeaveWhereYoung(ReplyMessage message)
    {
        var isOfWebhook = message.AnswersWebhook is { } webhook && (policy.Webhook is null || webhook == policy.Webhook);
        var age = shelf.Clock.GetUtcNow() - message.Id.Time;
        if (isOfWebhook && age < times.NoteLimit)
        {
            Leave(message, age < times.Offline ? times.Note : times.Offline);
        }
    }

    private void Leave(ReplyMessage message, TimeSpan time)
    {
        OldestUndone = OldestUndone is { } oldest && oldest.CompareTo(message.Id) <= 0 ? oldest : message.Id;
        LookAgain = LookAgain is { } soonest && soonest < time ? soonest : time;
    }

    /// <returns>Null where they can't be asked for now.</returns>
    private async Task<IReadOnlyCollection<Snowflake>?> RolesAsync(Snowflake person, CancellationToken cancellationToken)
    {
        if (!policy.NeedsRoles(person))
        {
            return [];
        }

        if (roles.TryGetValue(person, out var known))
        {
            return known;
        }

        var reply = failures >= MaxFailures ? null : await bot.MemberAsync(place.Guild, person, cancellationToken);
        if (reply is not DiscordReply.Answer answer || answer.Status == 401)
        {
            return null;
        }

        if (!answer.IsSuccess && answer.Code != DiscordCodes.UnknownMember)
        {
            Log.NoRoles(logger, person.ToString(), answer.Reason);
        }

        return roles[person] = [.. answer.Body.Field("roles").Items()
            .Select(role => Snowflake.TryParse(role.ToString(), out var id) ? id : default)];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The roles of {Person} can't be asked for, so that none count: {Reason}")]
        public static partial void NoRoles(ILogger logger, string person, string reason);
    }
}
