using System.Text.RegularExpressions;
using CdBackuper.Archive.Format;
using CdBackuper.Notices.Discord;

namespace CdBackuper.Labels;

/// <summary>Decides what a message of the channel is, from facts alone. The disc comes from our ledger, never from what is written anywhere.</summary>
internal static partial class ReplyRules
{
    /// <returns>False for talk: it is not answered, and nothing needs to be looked up for it.</returns>
    public static bool IsCandidate(ReplyMessage message, LabelPolicy policy) => message.Channel == policy.Channel
        && message is { IsReply: true, Answers: not null, IsBot: false, IsOfWebhook: false };

    /// <param name="message">A candidate, or not.</param>
    /// <param name="notice">What the ledger has of the message that it answers; null for nothing: then it is another archive's, or forged.</param>
    /// <param name="roles">The author's roles; empty where they do not matter.</param>
    /// <param name="policy">Whose replies count.</param>
    public static ReplyVerdict Judge(ReplyMessage message, SentNotice? notice, IReadOnlyCollection<Snowflake> roles, LabelPolicy policy)
    {
        if (!IsCandidate(message, policy) || notice?.Channel != policy.Channel.ToString())
        {
            return new ReplyVerdict.Ignore();
        }

        if (!policy.Allows(message.Author, roles))
        {
            return new ReplyVerdict.Reject(Reason: null);
        }

        if (notice.Folder is not { Length: > 0 } folder)
        {
            return new ReplyVerdict.Reject("This notice is about no disc in the archive, so there is nothing to label.");
        }

        return LabelText.Parse(Plain(message.Content), out var problem) is { } label
            ? new ReplyVerdict.Accept(folder, label)
            : new ReplyVerdict.Reject(problem + (message.Content.Length == 0 ? " A picture alone is no label." : ""));
    }

    /// <summary>Discord writes emoji of its own as &lt;:name:id&gt;, and people, roles and channels as &lt;@id&gt;: ids say nothing on a shelf.</summary>
    private static string Plain(string content) => Mention().Replace(Emoji().Replace(content, ":$1:"), "");

    [GeneratedRegex("<a?:([A-Za-z0-9_]{1,64}):[0-9]{1,20}>")]
    private static partial Regex Emoji();

    [GeneratedRegex("<(@[!&]?|#)[0-9]{1,20}>")]
    private static partial Regex Mention();
}
