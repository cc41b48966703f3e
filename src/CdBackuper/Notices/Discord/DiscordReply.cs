using System.Text.Json;

namespace CdBackuper.Notices.Discord;

/// <summary>What came back for a request, after the tries that make sense at once.</summary>
internal abstract record DiscordReply
{
    private DiscordReply()
    {
    }

    /// <summary>Discord answered, and means it.</summary>
    /// <param name="Status">The HTTP status: 2xx, 3xx or 4xx.</param>
    /// <param name="Body">The JSON; undefined where there was none, as in pages of proxies.</param>
    public sealed record Answer(int Status, JsonElement Body) : DiscordReply
    {
        public bool IsSuccess => Status is >= 200 and < 300;

        /// <summary>Discord's own number of the error; 0 for none.</summary>
        public int Code => Body.Number("code") is { } code and >= 0 and <= int.MaxValue ? (int)code : 0;

        /// <summary>For people: status, number and words of the error, and which fields it is about.</summary>
        public string Reason => ErrorWords.Of(Status, Body);
    }

    /// <summary>No answer that could be acted on; the request is sound and may be sent again.</summary>
    /// <param name="After">How long to wait at least.</param>
    /// <param name="Reason">What happened, for people.</param>
    /// <param name="MayHaveArrived">True where the request went out: Discord may have done it.</param>
    public sealed record NotNow(TimeSpan After, string Reason, bool MayHaveArrived) : DiscordReply;
}
