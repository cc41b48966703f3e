using CdBackuper.Archive.Store;
using CdBackuper.Notices.Discord;
using Microsoft.Extensions.Logging;

namespace CdBackuper.Labels;

/// <summary>Does one reply: label, mark, answer. What was done is written down after each step, so that a crash repeats one step at most.</summary>
/// <param name="archive">The archive.</param>
/// <param name="bot">The bot's requests.</param>
/// <param name="book">What was done.</param>
/// <param name="giveUp">How long a mark or an answer may fail.</param>
/// <param name="clock">For the pauses.</param>
/// <param name="logger">Where it is told.</param>
internal sealed partial class ReplyWork(
    ArchiveRoot archive, DiscordBotHttp bot, ReplyBook book, TimeSpan giveUp, TimeProvider clock, ILogger logger)
{
    /// <summary>One answer in words an author in so long; more of them get the mark alone.</summary>
    private static readonly TimeSpan AnswerPause = TimeSpan.FromSeconds(10);

    private const int MaxAuthors = 1000;

    private readonly Dictionary<Snowflake, long> lastAnswers = [];

    /// <summary>Writes the label, where it is one, and notes what else is to be done.</summary>
    /// <exception cref="IOException">The archive can't be written to; the reply is as if it had not been looked at.</exception>
    public ReplyRecord Begin(ReplyMessage message, ReplyVerdict verdict)
    {
        var (mark, answer) = verdict switch
        {
            ReplyVerdict.Accept accept => Label(message, accept),
            ReplyVerdict.Reject reject => (DiscordBotHttp.Failed, reject.Reason),
            _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Nothing is done about it."),
        };
        var record = new ReplyRecord(message.Id.ToString(), ReplyState.Labelled, mark, MayAnswer(message.Author, answer) ? answer : null);
        book.Store(message.Id, record);
        return record;
    }

    /// <summary>Goes on with a reply from where it is.</summary>
    /// <param name="message">The reply.</param>
    /// <param name="record">How far it is.</param>
    /// <param name="isAnswered">True where the bot's answer was seen in the channel.</param>
    /// <param name="cancellationToken">Stops between the steps.</param>
    /// <returns>Null when all is done; otherwise why it has to be tried again.</returns>
    public async Task<DiscordReply.NotNow?> FinishAsync(
        ReplyMessage message, ReplyRecord record, bool isAnswered, CancellationToken cancellationToken)
    {
        if (record.State == ReplyState.Labelled)
        {
            var reply = await bot.ReactAsync(message.Channel, message.Id, record.Mark, cancellationToken);
            if (IsToBeRepeated(reply, message.Id, record, out var later))
            {
                return later;
            }

            record = record with { State = record.Answer is null ? ReplyState.Replied : ReplyState.Reacted, FailingSince = null };
            book.Store(message.Id, record);
        }

        if (record is { State: ReplyState.Reacted, Answer: { } answer })
        {
            if (!isAnswered
                && IsToBeRepeated(await bot.AnswerAsync(message.Channel, message.Id, answer, cancellationToken), message.Id, record, out var later))
            {
                return later;
            }

            book.Store(message.Id, record with { State = ReplyState.Replied, FailingSince = null });
        }

        return null;
    }

    private (string Mark, string? Answer) Label(ReplyMessage message, ReplyVerdict.Accept accept)
    {
        var folder = archive.Disc(accept.Folder);
        var who = DiscordText.Plain(message.AuthorName).Replace('\n', ' ').Trim();
        try
        {
            var given = new DiscLabels(folder).Give(
                new()
                {
                    Label = accept.Label,
                    Given = message.Id.Time,
                    Source = "discord",
                    By = $"{who} ({message.Author})",
                    Reply = message.Id.ToString(),
                },
                $"{message.Id.Value:D20}");
            Log.Labelled(logger, accept.Folder, accept.Label, who);
            return (DiscordBotHttp.Done, Words(accept.Label, given));
        }
        catch (Exception fault) when (fault is ArchiveException or UnauthorizedAccessException)
        {
            // The disc's folder is gone, not what it should be, or another user's. Whether the whole archive is there was asked before.
            Log.NotLabelled(logger, accept.Folder, fault.Message);
            return (DiscordBotHttp.Failed, "I can't write the label of this disc. The log of cdbackuper says why.");
        }
    }

    private static string? Words(string label, GivenLabel given) => given switch
    {
        { IsInForce: false } => $"Kept in the history. A newer label stands, so “{DiscordText.Escape(label)}” is not the disc's label now.",
        { Before: { } before } when before != label => $"The label is “{DiscordText.Escape(label)}” now. It was “{DiscordText.Escape(before)}”.",
        _ => null,
    };

    private bool MayAnswer(Snowflake author, string? answer)
    {
        if (answer is null || (lastAnswers.TryGetValue(author, out var last) && clock.GetElapsedTime(last) < AnswerPause))
        {
            return false;
        }

        if (lastAnswers.Count >= MaxAuthors)
        {
            lastAnswers.Clear();
        }

        lastAnswers[author] = clock.GetTimestamp();
        return true;
    }

    /// <summary>What Discord refuses (the message is gone, a permission is missing) is told in the log, and not tried again; nor what fails for too long.</summary>
    private bool IsToBeRepeated(DiscordReply reply, Snowflake message, ReplyRecord record, out DiscordReply.NotNow? later)
    {
        later = reply switch
        {
            DiscordReply.NotNow notNow => notNow,

            // Not of this reply: the token is no good any more. The bot ends at its next look.
            DiscordReply.Answer { Status: 401 } refused => new(TimeSpan.Zero, refused.Reason, MayHaveArrived: false),
            _ => null,
        };
        if (later is null)
        {
            if (reply is DiscordReply.Answer { IsSuccess: false } refused)
            {
                Log.Refused(logger, message.ToString(), refused.Reason);
            }

            return false;
        }

        if (record.FailingSince is not { } since)
        {
            Log.Failing(logger, message.ToString(), later.Reason);
            book.Store(message, record with { FailingSince = clock.GetUtcNow() });
            return true;
        }

        if (clock.GetUtcNow() - since < giveUp)
        {
            return true;
        }

        Log.GivenUp(logger, message.ToString(), later.Reason);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Folder} is now called \"{Label}\", says {Author}")]
        public static partial void Labelled(ILogger logger, string folder, string label, string author);

        [LoggerMessage(LogLevel.Warning, "{Folder} was not labelled: {Reason}")]
        public static partial void NotLabelled(ILogger logger, string folder, string reason);

        [LoggerMessage(LogLevel.Warning, "The mark or answer for reply {Reply} fails, and is tried again; its label is as it should be: {Reason}")]
        public static partial void Failing(ILogger logger, string reply, string reason);

        [LoggerMessage(LogLevel.Warning, "The mark or answer for reply {Reply} is given up; its label is as it should be: {Reason}")]
        public static partial void GivenUp(ILogger logger, string reply, string reason);

        [LoggerMessage(LogLevel.Warning, "Discord did not take the mark or answer for reply {Reply}: {Reason}. Add Reactions, Send Messages and Read Message History are needed")]
        public static partial void Refused(ILogger logger, string reply, string reason);
    }
}
